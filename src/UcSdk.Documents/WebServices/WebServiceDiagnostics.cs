namespace UcSdk.Documents;

/// <summary>Why a web service refused, in the detail of its <see cref="SoapFault"/> (<c>OCSDiagnosticsFault</c>, [MS-OCAUTHWS] §2.2.4.1).</summary>
/// <param name="ErrorId">The number of the error ([MS-OCER] §7.22), above 0; known ones are in <see cref="WebServiceErrors"/>.</param>
/// <param name="Reason">Text for people.</param>
public sealed record WebServiceDiagnostics(uint ErrorId, string Reason) : DocumentPart
{
    private const string ElementName = "OCSDiagnosticsFault";
    private const string InnerName = "Ms-Diagnostics-Fault";

    /// <summary>The diagnostics of a fault; null when it has none.</summary>
    public static WebServiceDiagnostics? Of(SoapFault fault)
    {
        var outer = fault.Detail is null ? null : fault.Detail.Child(ElementName);
        return outer?.Child(InnerName) is { } inner && DocumentScope.Number(inner.ChildText("ErrorId")) is { } id
            ? new(id, inner.ChildText("Reason") ?? "") { Extensions = ElementBuilder.Unknown(inner, "ErrorId", "Reason") }
            : null;
    }

    /// <summary>A fault that says so.</summary>
    /// <param name="code">The fault's code.</param>
    public SoapFault ToFault(string code) => new(code, Reason)
    {
        Detail = new ElementBuilder("", "detail")
            .Child(new ElementBuilder(Namespaces.WebAuthentication, ElementName)
                .Child(new ElementBuilder(Namespaces.WebAuthentication, InnerName).Leaf("ErrorId", ErrorId).Leaf("Reason", Reason).Extensions(this).Build())
                .Build())
            .Build(),
    };

    /// <summary>The number.</summary>
    public override string ToString() => $"error {ErrorId}";
}
