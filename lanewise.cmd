@echo off
rem Runs the Lanewise command line on Windows: builds on first use, starts Java with the flags it needs. After a change of the
rem sources, build again with: mvnw.cmd -Dmaven.test.skip=true -pl cli -am package
rem .mvn\start-java.cmd says which variables it heeds.
setlocal

set "LANEWISE_HOME=%~dp0"
set "LANEWISE_JAR=%LANEWISE_HOME%cli\target\lanewise-cli.jar"
set "LANEWISE_CLASSES="

rem JAVA_HOME, or the java on the PATH. Java itself says so where it is too old.
set "LANEWISE_JAVA=java"
if not "%JAVA_HOME%"=="" set "LANEWISE_JAVA=%JAVA_HOME%\bin\java"
"%LANEWISE_JAVA%" -version >nul 2>nul
if errorlevel 1 goto nojava

if exist "%LANEWISE_JAR%" goto run
echo lanewise: building (first use) ... 1>&2
call "%LANEWISE_HOME%mvnw.cmd" -f "%LANEWISE_HOME%pom.xml" -B -ntp -q -Dmaven.test.skip=true -pl cli -am package 1>&2
if errorlevel 1 goto failed

:run
call "%LANEWISE_HOME%.mvn\start-java.cmd" %*
exit /b %errorlevel%

:nojava
echo Lanewise needs a JDK 25 or later, and found none in JAVA_HOME or on the PATH. 1>&2
echo Get one from https://adoptium.net/temurin/releases/?version=25 and set JAVA_HOME to it. 1>&2
exit /b 1

:failed
echo lanewise: the build failed ^(its output is above^) 1>&2
exit /b 1
