namespace UcSdk.Server;

/// <summary>An entry of <c>ms-diagnostics</c> ([MS-OCER] §2.2.1).</summary>
/// <param name="Id">The error id.</param>
/// <param name="Reason">Text for people, without quotation marks and line ends.</param>
internal readonly record struct ServerDiagnostic(int Id, string Reason);
