# Recipe for nixpkgs: pkgs/by-name/tu/tuireader/package.nix. After a release: update version and hash.
{
  lib,
  python3Packages,
  fetchFromGitHub,
  versionCheckHook,
  withImages ? true,
}:

python3Packages.buildPythonApplication rec {
  pname = "tuireader";
  version = "0.1.0";
  pyproject = true;

  src = fetchFromGitHub {
    owner = "tuireader";
    repo = "tuireader";
    tag = "v${version}";
    hash = lib.fakeHash;
  };

  build-system = [ python3Packages.setuptools ];

  pythonRelaxDeps = true;

  dependencies =
    with python3Packages;
    [
      dateparser
      ftfy
      justext
      lxml
      lxml-html-clean
      markdown-it-py
      mdit-py-plugins
      msgspec
      orjson
      platformdirs
      pyphen
      pyyaml
      rapidfuzz
      textual
      tinydb
      tomlkit
      trafilatura
      wcwidth
    ]
    ++ lib.optionals withImages [ pillow ];

  nativeInstallCheckInputs = [ versionCheckHook ];
  pythonImportsCheck = [ "library" "tuireader" ];

  meta = {
    description = "Terminal news reader with an offline library";
    homepage = "https://github.com/tuireader/tuireader";
    changelog = "https://github.com/tuireader/tuireader/blob/v${version}/CHANGELOG.md";
    license = lib.licenses.mit;
    mainProgram = "tuireader";
    platforms = lib.platforms.unix;
  };
}
