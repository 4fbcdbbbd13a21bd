import FerryCore

/// `ferry completion` and `ferry manual`: what a package installs beside the command.
enum ShellCommands {
  static let completion = CommandSpec(
    "completion",
    summary: Words(
      en: "print the script that completes `ferry` in your shell",
      zh: "打印命令行补全脚本"),
    positionals: [PositionalSpec("bash|zsh|fish")],
    examples: [
      "ferry completion bash >> ~/.bash_completion",
      "ferry completion zsh > ~/.zfunc/_ferry",
      "ferry completion fish > ~/.config/fish/completions/ferry.fish",
    ]
  ) { invocation in
    let name = invocation.positional(0) ?? ""
    guard let shell = Shell(rawValue: name) else {
      throw UsageError(
        .badValue("ferry completion", name, choices: Shell.allCases.map(\.rawValue)), "completion")
    }
    invocation.console.print(
      shell.script(for: FerryCommand.commands, in: invocation.console.language))
    return .done
  }

  static let manual = CommandSpec(
    "manual",
    summary: Words(en: "print the manual page", zh: "打印手册页"),
    examples: ["ferry manual > ferry.1 && man -l ferry.1"]
  ) { invocation in
    invocation.console.print(
      ManualPage.text(of: FerryCommand.commands, in: invocation.console.language))
    return .done
  }
}
