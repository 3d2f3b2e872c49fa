/** The shells that there is a script for. */
export const shells = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof shells)[number];

/** The script that teaches a shell the words of `phasewise` and `create-module`: it asks the program for them. */
export function completionScript(shell: Shell): string {
  return scripts[shell];
}

const bash = `# phasewise completion bash >> ~/.bashrc
_phasewise() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("$line")
  done < <(compgen -W "$("\${COMP_WORDS[0]}" completion words -- "\${COMP_WORDS[@]:0:COMP_CWORD+1}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}")
}
complete -o default -F _phasewise phasewise
_create_module() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("$line")
  done < <(compgen -W "$(phasewise completion words -- create-module "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}")
}
complete -o default -F _create_module create-module
`;

const zsh = `#compdef phasewise create-module
# phasewise completion zsh > a file called _phasewise in a folder of $fpath
_phasewise() {
  local -a found
  found=(\${(f)"$(phasewise completion words -- "\${(@)words[1,CURRENT]}" 2>/dev/null)"})
  compadd -a found
}
if [[ "\${funcstack[1]}" == _phasewise ]]; then
  _phasewise "$@"
else
  compdef _phasewise phasewise create-module
fi
`;

const fish = `# phasewise completion fish > ~/.config/fish/conf.d/phasewise.fish
function __phasewise_words
  set -l typed (commandline -opc) (commandline -ct)
  phasewise completion words -- $typed 2>/dev/null
end
complete -c phasewise -f -a "(__phasewise_words)"
complete -c create-module -f -a "(__phasewise_words)"
`;

const scripts: Readonly<Record<Shell, string>> = { bash, zsh, fish };
