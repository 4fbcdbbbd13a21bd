// The oldest way in. A fault has a number and a text: 3 where the key is wrong, 2 with the words of a
// warning, 1 with a traceback.
extension OdooDouble {
  mutating func answerXML(_ request: HTTPRequest, _ call: ProductCall) -> HTTPResponse {
    let service = String(request.path.dropFirst("/xmlrpc/2/".count))
    guard ["common", "object"].contains(service) else { return HTTPResponse(gatewayError: 404) }
    guard request.method == "POST" else { return HTTPResponse(gatewayError: 405) }
    guard request.isOfType("text/xml") else { return HTTPResponse(gatewayError: 400) }
    let body: [UInt8]
    do {
      let message = try XMLRPCMessage(request.body)
      let params: WireValue = [
        "service": .string(service), "method": .string(message.method),
        "args": .list(message.params),
      ]
      let before = self
      if let answer = XMLRPCMessage.answer(try remote(params, call)) {
        body = answer
      } else {
        self = before
        body = XMLRPCMessage.fault(
          1, Self.traceback("TypeError", "cannot marshal None unless allow_none is enabled"))
      }
    } catch let fault as OdooFault {
      body = Self.fault(fault)
    } catch {
      body = XMLRPCMessage.fault(1, Self.traceback("xml.parsers.expat.ExpatError", "\(error)"))
    }
    return HTTPResponse(
      status: 200, headers: [HTTPRequest.Pair("Content-Type", "text/xml; charset=utf-8")],
      body: body)
  }

  private static func fault(_ fault: OdooFault) -> [UInt8] {
    if fault.name.hasSuffix("AccessDenied") { return XMLRPCMessage.fault(3, "Access Denied") }
    if fault.name.hasPrefix("odoo.exceptions.") { return XMLRPCMessage.fault(2, fault.message) }
    return XMLRPCMessage.fault(
      1, traceback(fault.name.replacing("builtins.", with: ""), fault.message))
  }

  private static func traceback(_ name: String, _ message: String) -> String {
    """
    Traceback (most recent call last):
      File "/odoo/http.py", line 1, in dispatch
        result = dispatch(method, params)
    \(name): \(message)

    """
  }
}
