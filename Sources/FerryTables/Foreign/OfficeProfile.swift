internal import Foundation

/// What a LibreOffice is told that has no user: settings, and a macro that converts.
///
/// A macro, since the option `--convert-to` takes no password, and reads damaged files as text.
enum OfficeProfile {
  /// How the macro's answer begins where all went well.
  static let done = "done"

  /// The words behind the program's name, for the profile at that URL.
  static func options(profile: String) -> [String] {
    [
      "-env:UserInstallation=\(profile)", "--headless", "--norestore", "--nologo",
      "--nolockcheck", "--nodefault", "macro:///Standard.Ferry.Convert",
    ]
  }

  /// Writes the profile into a folder that is not there yet.
  static func write(to folder: String) throws {
    let library = "\(folder)/user/basic/Standard"
    try FileManager.default.createDirectory(atPath: library, withIntermediateDirectories: true)
    for (name, text) in [
      ("\(folder)/user/registrymodifications.xcu", settings),
      ("\(folder)/user/basic/script.xlc", libraries), ("\(library)/script.xlb", modules),
      ("\(library)/Ferry.xba", module),
    ] {
      try text.write(toFile: name, atomically: false, encoding: .utf8)
    }
  }
}

// MARK: - Files

extension OfficeProfile {
  /// A setting: its place in the registry, its name, its value.
  private typealias Setting = (path: String, name: String, value: String)

  private static let office = "/org.openoffice.Office"

  // A proxy that is not there: LibreOffice fetches linked pictures whatever it is told, and port 9
  // (discard, RFC 863) of this machine answers nobody.
  private static let proxies: [Setting] = ["HTTP", "HTTPS", "FTP"].flatMap { kind -> [Setting] in
    let path = "/org.openoffice.Inet/Settings"
    return [
      (path, "ooInet\(kind)ProxyName", "127.0.0.1"), (path, "ooInet\(kind)ProxyPort", "9"),
    ]
  }

  private static let settings: String = {
    let all: [Setting] =
      [
        ("/org.openoffice.Setup/Office", "ooSetupInstCompleted", "true"),
        ("\(office).Common/Misc", "FirstRun", "false"),
        ("\(office).Common/Misc", "CrashReport", "false"),
        // Macros of documents never run, signed or not; links are never brought up to date.
        ("\(office).Common/Security/Scripting", "MacroSecurityLevel", "3"),
        ("\(office).Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
        ("\(office).Calc/Content/Update", "Link", "1"),
        // Values stay as they were saved.
        ("\(office).Calc/Formula/Load", "OOXMLRecalcMode", "1"),
        ("\(office).Calc/Formula/Load", "ODFRecalcMode", "1"),
        ("/org.openoffice.Inet/Settings", "ooInetProxyType", "1"),
        ("/org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
      ] + proxies
    let items = all.map { path, name, value in
      "<item oor:path=\"\(path)\"><prop oor:name=\"\(name)\" oor:op=\"fuse\">"
        + "<value>\(value)</value></prop></item>\n"
    }
    return declaration + "<oor:items xmlns:oor=\"http://openoffice.org/2001/registry\">\n"
      + items.joined() + "</oor:items>\n"
  }()

  private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

  private static let libraries =
    declaration + """
      <library:libraries xmlns:library="http://openoffice.org/2000/library"
        xmlns:xlink="http://www.w3.org/1999/xlink">
      <library:library library:name="Standard" library:link="false" xlink:type="simple"
        xlink:href="$(USER)/basic/Standard/script.xlb/"/>
      </library:libraries>
      """

  private static let modules =
    declaration + """
      <library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
        library:readonly="false" library:passwordprotected="false">
      <library:element library:name="Ferry"/>
      </library:library>
      """

  private static let module =
    declaration + """
      <script:module xmlns:script="http://openoffice.org/2000/script" script:name="Ferry"
        script:language="StarBasic">
      Sub Convert
        Dim book
        On Error Goto Failed
        book = StarDesktop.loadComponentFromURL(Environ("FERRY_INPUT"), "_blank", 0, Array( _
          Property("FilterName", Environ("FERRY_FILTER")), Property("Hidden", True), _
          Property("ReadOnly", True), Property("MacroExecutionMode", 0), _
          Property("UpdateDocMode", 0), Property("Password", Environ("FERRY_PASSWORD"))))
        If IsNull(book) Then
          Answer("refused")
        Else
          book.storeToURL(Environ("FERRY_OUTPUT"), Array( _
            Property("FilterName", "Calc MS Excel 2007 XML")))
          Answer("\(done)")
        End If
        StarDesktop.terminate()
        Exit Sub
      Failed:
        Answer("failed")
        StarDesktop.terminate()
      End Sub

      Function Property(name, value)
        Dim pair As New com.sun.star.beans.PropertyValue
        pair.Name = name
        pair.Value = value
        Property = pair
      End Function

      Sub Answer(text)
        Dim file
        file = FreeFile
        Open Environ("FERRY_ANSWER") For Output As #file
        Print #file, text
        Close #file
      End Sub
      </script:module>
      """
}
