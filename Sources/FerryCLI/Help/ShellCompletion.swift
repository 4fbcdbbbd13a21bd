import FerryCore

/// A shell that can complete command lines of `ferry`.
enum Shell: String, CaseIterable, Sendable {
  case bash
  case zsh
  case fish

  /// The script that teaches the shell; it asks nothing of `ferry` when it runs.
  func script(for commands: [CommandSpec], in language: Language) -> String {
    switch self {
    case .bash: BashCompletion(commands: commands).text
    case .zsh: ZshCompletion(commands: commands, language: language).text
    case .fish: FishCompletion(commands: commands, language: language).text
    }
  }
}

extension PositionalSpec {
  /// The words it may be, where there are few, such as `export` and `import`.
  var choices: [String] {
    let words = name.split(separator: "|").map(String.init)
    return words.allSatisfy { $0 == $0.lowercased() } ? words : []
  }
}

/// For bash: one function that looks at the words before the one being typed.
private struct BashCompletion {
  let commands: [CommandSpec]

  var text: String {
    """
    # bash completion for ferry, made by `ferry completion bash`.
    _ferry() {
      local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} words=
      if [ "$COMP_CWORD" -eq 1 ]; then
        words="\(commands.map(\.name).joined(separator: " ")) --help --version"
      else
        case "${COMP_WORDS[1]} $previous" in
    \(commands.flatMap(values).joined(separator: "\n"))
        *)
          case "${COMP_WORDS[1]}:$COMP_CWORD:$current" in
    \(commands.flatMap(places).joined(separator: "\n"))
          esac
        esac
      fi
      COMPREPLY=($(compgen -W "$words" -- "$current"))
      return 0
    }
    # Where nothing fits, names of files do.
    complete -o default -F _ferry ferry

    """
  }

  /// What may follow an option; nothing where it is free.
  private func values(_ command: CommandSpec) -> [String] {
    let options = command.allOptions.filter { $0.placeholder != nil }
    return options.map { option in
      "    \"\(command.name) \(option.name)\") words=\"\(option.choices.joined(separator: " "))\" ;;"
    }
  }

  private func places(_ command: CommandSpec) -> [String] {
    let names = command.allOptions.map(\.name).joined(separator: " ")
    var lines = ["      \(command.name):*:-*) words=\"\(names)\" ;;"]
    for (place, positional) in command.positionals.enumerated() where !positional.choices.isEmpty {
      let choices = positional.choices.joined(separator: " ")
      lines.append("      \(command.name):\(place + 2):*) words=\"\(choices)\" ;;")
    }
    return lines
  }
}

/// For zsh: a list of commands, then `_arguments` for each.
private struct ZshCompletion {
  let commands: [CommandSpec]
  let language: Language

  var text: String {
    let list = commands.map { "    " + quoted("\($0.name):\($0.summary[language])") }
    return """
      #compdef ferry
      # zsh completion for ferry, made by `ferry completion zsh`.
      _ferry() {
        local -a commands=(
      \(list.joined(separator: "\n"))
        )
        if (( CURRENT == 2 )); then
          _describe -t commands 'ferry' commands
          return
        fi
        local command=${words[2]}
        shift words
        (( CURRENT-- ))
        case $command in
      \(commands.map(section).joined(separator: "\n"))
        esac
      }
      if [ "$funcstack[1]" = "_ferry" ]; then _ferry "$@"; else compdef _ferry ferry; fi

      """
  }

  private func section(_ command: CommandSpec) -> String {
    var words = command.allOptions.map { option in
      let help = option.help[language].replacing("[", with: "\\[").replacing("]", with: "\\]")
      return quoted("*\(option.name)[\(help.replacing(":", with: "\\:"))]" + values(option))
    }
    for (place, positional) in command.positionals.enumerated() {
      let number = positional.isRepeated ? "*" : "\(positional.isOptional ? ":" : "")"
      let tag = positional.isRepeated ? "\(number):" : "\(place + 1)\(number.isEmpty ? "" : ":"):"
      let name = positional.name.replacing(":", with: "\\:")
      words.append(quoted("\(tag)\(name):" + action(positional.choices)))
    }
    return "  \(command.name)) _arguments : \\\n    "
      + words.joined(separator: " \\\n    ") + " ;;"
  }

  private func values(_ option: OptionSpec) -> String {
    let names = option.placeholder?.split(separator: " ") ?? []
    return names.map { ":\($0):" + action(option.choices) }.joined()
  }

  private func action(_ choices: [String]) -> String {
    choices.isEmpty ? "_files" : "(\(choices.joined(separator: " ")))"
  }

  private func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }
}

/// For fish: a line for each command and each option.
private struct FishCompletion {
  let commands: [CommandSpec]
  let language: Language

  var text: String {
    var lines = [
      "# fish completion for ferry, made by `ferry completion fish`.",
      "complete -c ferry -n __fish_use_subcommand -f",
    ]
    for command in commands {
      lines.append(
        "complete -c ferry -n __fish_use_subcommand -a \(command.name) -d "
          + quoted(command.summary[language]))
    }
    for command in commands { lines += section(command) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func section(_ command: CommandSpec) -> [String] {
    let condition = "complete -c ferry -n '__fish_seen_subcommand_from \(command.name)' "
    var lines = command.allOptions.map { option in
      let value =
        option.choices.isEmpty
        ? (option.placeholder == nil ? "" : "-r ")
        : "-x -a \(quoted(option.choices.joined(separator: " "))) "
      return condition + "-l \(option.name.dropFirst(2)) " + value + "-d "
        + quoted(option.help[language])
    }
    let words = command.positionals.flatMap(\.choices)
    if !words.isEmpty { lines.append(condition + "-a " + quoted(words.joined(separator: " "))) }
    return lines
  }

  private func quoted(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }
}
