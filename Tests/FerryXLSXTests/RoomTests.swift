import Testing

@testable import FerryXLSX
