using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>
/// What the server tells about a user's contacts (<see cref="ContentTypes.ContactList"/>): the whole <see cref="ContactList"/> or a
/// <see cref="ContactDelta"/> ([MS-SIP] §2.2.4.1, §9.1).
/// </summary>
/// <param name="DeltaNumber">The version that this notification leads to; servers count from 1, and requests name the one they were made against.</param>
public abstract record ContactListNotification(uint DeltaNumber) : DocumentPart
{
    private const string Rule = "[MS-SIP] §2.2.4.1";

    /// <summary>Reads a notification of either kind.</summary>
    /// <returns>False when the body is neither, or an id, a URI or a version in it is missing or no number.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out ContactListNotification? notification,
        out DocumentError error,
        DocumentLimits? limits = null)
    {
        notification = null;
        if (!DocumentElement.TryRead(body, out var root, out error, limits))
        {
            return false;
        }

        var scope = new DocumentScope(Rule);
        ContactListNotification? read = root.Name switch
        {
            ContactList.ElementName => ContactList.Read(root, scope),
            ContactDelta.ElementName => ContactDelta.Read(root, scope),
            _ => null,
        };
        if (read is null)
        {
            scope.Fail(root.Name, "the root element contactList or contactDelta");
        }

        error = scope.Error;
        notification = scope.Failed ? null : read;
        return notification is not null;
    }

    /// <summary>The notification as UTF-8.</summary>
    public byte[] ToBytes() => Write().ToBytes();

    internal abstract DocumentElement Write();

    private protected static uint RequireNumber(DocumentElement element, string attribute, DocumentScope scope)
    {
        var number = DocumentScope.Number(scope.RequireAttribute(element, attribute));
        if (number is null)
        {
            scope.Fail($"{element.Name}/@{attribute}", "a number");
        }

        return number ?? 0;
    }
}
