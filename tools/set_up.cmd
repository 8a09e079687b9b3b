@echo off
setlocal
rem Makes .venv ready for "run" or "test"; does nothing when it is. Finds Python, the rest is in set_up.py.
set REPRISE_SET_UP="%~dp0set_up.py"
set REPRISE_VENV="%~dp0..\.venv\Scripts\python.exe"
if exist %REPRISE_VENV% %REPRISE_VENV% -E -S %REPRISE_SET_UP% is-ready %1 2>nul && exit /b 0
for %%P in ("py -3" "python" "python3") do (
  %%~P -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>&1 && (
    %%~P -E %REPRISE_SET_UP% set-up %1
    exit /b
  )
)
echo Reprise needs Python 3.11 or newer. Install it from the Microsoft Store or python.org, then start again. 1>&2
exit /b 1
