@echo off
rem Checks Reprise. On a fresh machine it first sets everything up; tools\check.py says what is checked.
call "%~dp0tools\set_up.cmd" test || exit /b 1
"%~dp0.venv\Scripts\python.exe" "%~dp0tools\check.py" %*
