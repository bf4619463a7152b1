using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>
/// Why a presence request was refused (<see cref="ContentTypes.PresenceFault"/>; [MS-PRES] §2.2.2, body of a 409 Conflict). Its elements have no
/// namespace; servers write the names in both cases.
/// </summary>
/// <param name="Code">What kind of fault it is, of which <see cref="WrongDelta"/> is the one that can be mended.</param>
public sealed record PresenceFault(string Code) : DocumentPart
{
    /// <summary>A version in the request was not the server's: look at <see cref="Operations"/> and try again.</summary>
    public const string WrongDelta = "Client.BadCall.WrongDelta";

    private const string Rule = "[MS-PRES] §2.2.2 fault";

    /// <summary>The operations that were wrong.</summary>
    public ValueList<PresenceFaultOperation> Operations { get; init; } = [];

    /// <summary>True when the request named versions that are not the server's.</summary>
    public bool IsWrongDelta => Code == WrongDelta;

    /// <summary>Reads a fault.</summary>
    /// <returns>False when the body is not a <c>Fault</c> with a code, or an operation in it has no index.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out PresenceFault? fault,
        out DocumentError error,
        DocumentLimits? limits = null)
    {
        fault = null;
        if (!DocumentElement.TryRead(body, out var root, out error, limits))
        {
            return false;
        }

        var scope = new DocumentScope(Rule);
        if (!root.Name.Equals("Fault", StringComparison.OrdinalIgnoreCase))
        {
            scope.Fail(root.Name, "the root element Fault");
        }

        var code = Child(root, "Faultcode")?.Text.Trim();
        if (string.IsNullOrEmpty(code))
        {
            scope.Fail("Fault/Faultcode", "a value");
        }

        var details = Child(root, "details");
        var operations = details is null ? [] : ValueList.From(details.ChildrenNamed("operation").Select(operation => PresenceFaultOperation.Read(operation, scope)));
        error = scope.Error;
        fault = scope.Failed ? null : new PresenceFault(code!)
        {
            Operations = operations,
            Extensions = ValueList.From(root.Children.Where(child => !IsNamed(child, "Faultcode") && !IsNamed(child, "details"))),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(root),
        };
        return fault is not null;
    }

    /// <summary>The fault as UTF-8.</summary>
    public byte[] ToBytes() => new ElementBuilder("", "Fault")
        .Leaf("Faultcode", Code)
        .Child(Operations.Count == 0 ? null : new ElementBuilder("", "details").Children(Operations.Select(operation => operation.Write())).Build())
        .Extensions(this)
        .Build()
        .ToBytes();

    private static DocumentElement? Child(DocumentElement element, string name) => element.Children.FirstOrDefault(child => IsNamed(child, name));

    private static bool IsNamed(DocumentElement element, string name) => element.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
