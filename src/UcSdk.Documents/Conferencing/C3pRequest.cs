using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>A request of the conference control protocol (<see cref="ContentTypes.C3p"/>; [MS-CONFBAS] §2.2.1), with its one command.</summary>
/// <param name="RequestId">The key that the response repeats; unique among the sender's outstanding requests, by custom a decimal number.</param>
/// <param name="From">The sender's URI; it must be the one the sender has authenticated.</param>
/// <param name="To">The URI of the focus factory or the focus; it must be the one the SIP message goes to.</param>
/// <param name="Command">What is asked for.</param>
public sealed record C3pRequest(string RequestId, string From, string To, C3pCommand Command)
{
    private const string Rule = "[MS-CONFBAS] §2.2.1";

    /// <summary>Attributes of the envelope that this type does not know.</summary>
    public ValueList<DocumentAttribute> ExtensionAttributes { get; init; } = [];

    /// <summary>Reads a request.</summary>
    /// <returns>False when the body is not a request with exactly one command, or when the command lacks what it is about;
    /// <see cref="C3pError.Of"/> tells how to refuse it.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out C3pRequest? request,
        out DocumentError error,
        DocumentLimits? limits = null)
    {
        request = null;
        if (!DocumentElement.TryRead(body, out var root, out error, limits))
        {
            return false;
        }

        var scope = new DocumentScope(Rule);
        var read = Read(root, scope);
        error = scope.Error;
        request = scope.Failed ? null : read;
        return request is not null;
    }

    /// <summary>The request as UTF-8.</summary>
    public byte[] ToBytes() => new ElementBuilder(Namespaces.C3p, "request")
        .Attribute("C3PVersion", "1")
        .Attribute("to", To)
        .Attribute("from", From)
        .Attribute("requestId", RequestId)
        .Child(Command.Write())
        .Attributes(ExtensionAttributes)
        .Build()
        .ToBytes();

    /// <summary>The response that says the command was done.</summary>
    public C3pResponse Succeed(C3pResult result) => new(RequestId, To, From, C3pCode.Success, result);

    /// <summary>The response that says the command failed.</summary>
    /// <param name="reason">Why, of <see cref="C3pReasons"/>.</param>
    public C3pResponse Fail(string reason) => new(RequestId, To, From, C3pCode.Failure, new BareC3pResult(Command.Name) { Reason = reason });

    /// <summary>The response that says the command was accepted and another response follows.</summary>
    public C3pResponse Pend() => new(RequestId, To, From, C3pCode.Pending, new BareC3pResult(Command.Name));

    /// <summary>The command and its key.</summary>
    public override string ToString() => $"request {RequestId} {Command.Name}";

    private static C3pRequest? Read(DocumentElement root, DocumentScope scope)
    {
        if (root.Name != "request")
        {
            scope.Fail(root.Name, "the root element request");
            return null;
        }

        if (root.Children.Count != 1)
        {
            scope.Fail("request", "exactly one command");
            return null;
        }

        var requestId = scope.RequireAttribute(root, "requestId");
        var from = scope.RequireAttribute(root, "from");
        var to = scope.RequireAttribute(root, "to");
        scope.Path = "request";
        return new C3pRequest(requestId, from, to, C3pCommand.ReadAny(root.Children[0], scope))
        {
            ExtensionAttributes = ElementBuilder.UnknownAttributes(root, "C3PVersion", "to", "from", "requestId"),
        };
    }
}
