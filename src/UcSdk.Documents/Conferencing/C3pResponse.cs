using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>The answer to a <see cref="C3pRequest"/> ([MS-CONFBAS] §2.2.1). Made with <see cref="C3pRequest.Succeed"/> and its like.</summary>
/// <param name="RequestId">The key of the request.</param>
/// <param name="From">Who answers: the request's <c>to</c>.</param>
/// <param name="To">Who asked: the request's <c>from</c>.</param>
/// <param name="Code">How it ended.</param>
/// <param name="Result">What it brings back; null where a pending response says nothing more.</param>
public sealed record C3pResponse(string RequestId, string From, string To, C3pCode Code, C3pResult? Result)
{
    private const string Rule = "[MS-CONFBAS] §2.2.1";

    /// <summary>Attributes of the envelope that this type does not know.</summary>
    public ValueList<DocumentAttribute> ExtensionAttributes { get; init; } = [];

    /// <summary>True when the command was done.</summary>
    public bool IsSuccess => Code == C3pCode.Success;

    /// <summary>Reads a response.</summary>
    /// <returns>False when the body is not a response with a code and its one result, or when a success lacks what it brings back.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out C3pResponse? response,
        out DocumentError error,
        DocumentLimits? limits = null)
    {
        response = null;
        if (!DocumentElement.TryRead(body, out var root, out error, limits))
        {
            return false;
        }

        var scope = new DocumentScope(Rule);
        var read = Read(root, scope);
        error = scope.Error;
        response = scope.Failed ? null : read;
        return response is not null;
    }

    /// <summary>The response as UTF-8.</summary>
    public byte[] ToBytes() => new ElementBuilder(Namespaces.C3p, "response")
        .Attribute("C3PVersion", "1")
        .Attribute("requestId", RequestId)
        .Attribute("from", From)
        .Attribute("to", To)
        .Attribute("code", CodeText(Code))
        .Child(Result?.Write())
        .Attributes(ExtensionAttributes)
        .Build()
        .ToBytes();

    /// <summary>The command, its key and how it ended.</summary>
    public override string ToString() => $"response {RequestId} {Result?.Name} {CodeText(Code)}";

    private static C3pResponse? Read(DocumentElement root, DocumentScope scope)
    {
        if (root.Name != "response")
        {
            scope.Fail(root.Name, "the root element response");
            return null;
        }

        if (ReadCode(root.Attribute("code")) is not { } code)
        {
            scope.Fail("response/@code", "success, failure or pending");
            return null;
        }

        if (root.Children.Count > 1 || (root.Children.Count == 0 && code != C3pCode.Pending))
        {
            scope.Fail("response", "exactly one result");
            return null;
        }

        var requestId = scope.RequireAttribute(root, "requestId");
        scope.Path = "response";
        return new C3pResponse(
            requestId,
            root.Attribute("from") ?? "",
            root.Attribute("to") ?? "",
            code,
            root.Children.Count == 0 ? null : C3pResult.ReadAny(root.Children[0], code, scope))
        {
            ExtensionAttributes = ElementBuilder.UnknownAttributes(root, "C3PVersion", "to", "from", "requestId", "code"),
        };
    }

    private static C3pCode? ReadCode(string? text) => text?.Trim() switch
    {
        "success" => C3pCode.Success,
        "failure" => C3pCode.Failure,
        "pending" => C3pCode.Pending,
        _ => null,
    };

    private static string CodeText(C3pCode code) => code switch
    {
        C3pCode.Success => "success",
        C3pCode.Failure => "failure",
        _ => "pending",
    };
}
