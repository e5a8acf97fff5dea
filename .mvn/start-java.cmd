@echo off
rem Starts the command line's JVM on Windows: start-java.cmd [argument ..]. Called by lanewise.cmd in a clone and in the zip, which set
rem LANEWISE_JAVA and LANEWISE_JAR, and LANEWISE_CLASSES, which need not be there.
rem
rem   LANEWISE_JAVA_OPTS   more options for the JVM: set "LANEWISE_JAVA_OPTS=-Xmx8g"
rem   LANEWISE_ARCHIVE     no: start without the archive of classes

rem The data is off the heap, so the smallest collector is the fastest; the JVM takes one alone.
set "LANEWISE_OUTSIDE=%LANEWISE_JAVA_OPTS% %JDK_JAVA_OPTIONS% %JAVA_TOOL_OPTIONS%"
set "LANEWISE_COLLECTOR=-XX:+UseSerialGC"
echo "%LANEWISE_OUTSIDE%" | findstr /r /c:"-XX:+Use[A-Za-z0-9]*GC" >nul
if not errorlevel 1 set "LANEWISE_COLLECTOR="

rem Options that choose an archive themselves stand alone: some end the JVM where there are two.
set "LANEWISE_QUIET="
if not exist "%LANEWISE_CLASSES%" goto start
if "%LANEWISE_ARCHIVE%"=="no" goto start
echo "%LANEWISE_OUTSIDE%" | findstr "AOT Share share Archive" >nul
if not errorlevel 1 goto start
set LANEWISE_QUIET="-XX:SharedArchiveFile=%LANEWISE_CLASSES%" -Xlog:cds=off -Xlog:aot=off -Xlog:cds+dynamic=off

:start
"%LANEWISE_JAVA%" %LANEWISE_COLLECTOR% --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED %LANEWISE_QUIET% %LANEWISE_JAVA_OPTS% -jar "%LANEWISE_JAR%" %*
exit /b %errorlevel%
