# Finds a JDK 25 or later and exports JAVA_HOME. Sourced by mvnw and by the launcher, before they set any shell option.
#
# POSIX sh. A candidate is a directory whose `release` file says JAVA_VERSION >= 25 and which holds bin/javac. Tried in order:
# JAVA_HOME, the java on the PATH, the usual system directories, SDKMAN, ~/.jdks (IDEs, jbang), asdf, mise, Gradle, macOS.
# A JAVA_HOME that is too old is overridden. Returns 1 after a message where there is none.

LANEWISE_JAVA=25

# Prints the feature version of the JDK in $1 ("25"), or nothing if it is not a JDK.
lanewise_jdk_version() {
  [ -r "$1/release" ] && [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9][0-9]*\).*/\1/p' "$1/release" | head -n 1
}

# Succeeds and exports JAVA_HOME if $1 is a JDK that is new enough.
lanewise_try_jdk() {
  lanewise_version=$(lanewise_jdk_version "$1")
  [ -n "$lanewise_version" ] && [ "$lanewise_version" -ge "$LANEWISE_JAVA" ] || return 1
  JAVA_HOME=$1
  export JAVA_HOME
}

# Prints the home of the JDK whose java is first on the PATH, all symbolic links followed.
lanewise_path_jdk() {
  lanewise_java=$(command -v java 2>/dev/null) || return 0
  while [ -h "$lanewise_java" ]; do
    lanewise_link=$(readlink "$lanewise_java") || return 0
    case $lanewise_link in
      /*) lanewise_java=$lanewise_link ;;
      *) lanewise_java=$(dirname "$lanewise_java")/$lanewise_link ;;
    esac
  done
  (CDPATH='' cd "$(dirname "$lanewise_java")/.." 2>/dev/null && pwd -P)
}

lanewise_find_jdk() {
  lanewise_try_jdk "${JAVA_HOME-}" && return 0
  lanewise_try_jdk "$(lanewise_path_jdk)" && return 0
  for lanewise_dir in \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /usr/local/openjdk* /opt/java/* /opt/jdk* \
    "${SDKMAN_DIR:-${HOME-}/.sdkman}"/candidates/java/* "${HOME-}"/.jdks/* "${HOME-}"/.jbang/cache/jdks/* \
    "${ASDF_DATA_DIR:-${HOME-}/.asdf}"/installs/java/* "${MISE_DATA_DIR:-${HOME-}/.local/share/mise}"/installs/java/* \
    "${GRADLE_USER_HOME:-${HOME-}/.gradle}"/jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    lanewise_try_jdk "$lanewise_dir" && return 0
  done
  cat >&2 <<EOF
Lanewise needs a JDK $LANEWISE_JAVA or later (a JDK, not a JRE), and found none.
  JAVA_HOME: ${JAVA_HOME:-(not set)}
  java on the PATH: $(command -v java 2>/dev/null || echo '(none)')
Get one, for example:
  https://adoptium.net/temurin/releases/?version=$LANEWISE_JAVA   (an archive: unpack it below ~/.jdks)
  sdk install java $LANEWISE_JAVA-tem                              (SDKMAN)
  brew install openjdk@$LANEWISE_JAVA                              (macOS)
  apt install openjdk-$LANEWISE_JAVA-jdk                           (Debian, Ubuntu)
Or set JAVA_HOME to one.
EOF
  return 1
}

lanewise_find_jdk
