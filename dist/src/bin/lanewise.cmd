@echo off
rem Runs the Lanewise command line on Windows with the Java that lies beside it. app\start-java.cmd says which variables it heeds.
setlocal
set "LANEWISE_JAVA=%~dp0..\runtime\bin\java"
set "LANEWISE_JAR=%~dp0..\app\lanewise-cli.jar"
set "LANEWISE_CLASSES=%~dp0..\app\lanewise.jsa"
call "%~dp0..\app\start-java.cmd" %*
exit /b %errorlevel%
