@echo off
rem Starts Reprise. On a fresh machine it first sets everything up; "run --help" says what it can do.
call "%~dp0tools\set_up.cmd" run || exit /b 1
"%~dp0.venv\Scripts\python.exe" "%~dp0main.py" %*
