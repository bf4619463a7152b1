using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>The answer to <see cref="AddGroupCommand"/>, in the body of the 200 (as an independent client reads it; the example of [MS-SIP] §4.8 could not be compared); the other commands are answered without a body.</summary>
/// <param name="GroupId">The number of the new group.</param>
public sealed record AddGroupResult(uint GroupId) : DocumentPart
{
    private const string Rule = "[MS-SIP] §4.8";

    /// <summary>Reads an answer.</summary>
    /// <returns>False when the body is not an envelope with the number of a group.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out AddGroupResult? result,
        out DocumentError error,
        DocumentLimits? limits = null)
    {
        result = null;
        var scope = new DocumentScope(Rule);
        if (!SoapEnvelope.TryOpen(body, scope, out var contents, out error, limits))
        {
            return false;
        }

        var element = contents[0];
        if (DocumentScope.Number(element.ChildText("groupID")) is { } id && element.Name == AddGroupCommand.ElementName)
        {
            result = new AddGroupResult(id)
            {
                Extensions = ElementBuilder.Unknown(element, "groupID"),
                ExtensionAttributes = ElementBuilder.UnknownAttributes(element),
            };
            return true;
        }

        scope.Fail($"{AddGroupCommand.ElementName}/groupID", "a number");
        error = scope.Error;
        return false;
    }

    /// <summary>The answer as UTF-8, in its envelope.</summary>
    public byte[] ToBytes() => SoapEnvelope.Write(new ElementBuilder(Namespaces.SipService, AddGroupCommand.ElementName)
        .Leaf("groupID", GroupId)
        .Extensions(this)
        .Build());
}
