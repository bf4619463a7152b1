using System.Globalization;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>The SUBSCRIBEs by which presence is asked for: of many users at once, of one in the same words, and of one at a server that knows no others (RFC 3856).</summary>
internal static class PresenceRequests
{
    private const string Package = "presence";
    private const string PlainAccept = $"{ContentTypes.Pidf}, {ContentTypes.Xpidf}";

    /// <summary>Of many users ([MS-PRES] §3.4.4.1), to the user's own address or that of a pool.</summary>
    public static SipRequest Batch(ServerConnection connection, SipUri target, ReadOnlyMemory<byte> body)
    {
        var request = connection.CreateSubscribe(target, Package, PresenceReader.Accept);
        request.Headers.Add(HeaderName.Require, "adhoclist, categoryList");
        request.Headers.Add(HeaderName.Supported, "eventlist");
        request.SetBody(ContentTypes.BatchSubscribe, body);
        return request;
    }

    /// <summary>Of one user, at that user's address, in the words of a batch ([MS-PRES] §3.4.5.1.3).</summary>
    public static SipRequest Single(ServerConnection connection, Contact contact, PresenceNeeds needs)
    {
        var request = connection.CreateSubscribe(SipUri.Parse(contact.Uri), Package, PresenceReader.Accept);
        request.SetBody(ContentTypes.BatchSubscribe, Body(connection, 1, [contact], [], needs));
        return request;
    }

    /// <summary>Of one user, as RFC 3856 says it.</summary>
    public static SipRequest Plain(ServerConnection connection, Contact contact)
    {
        var request = connection.CreateRequest(SipMethod.Subscribe, SipUri.Parse(contact.Uri));
        request.Headers.Add(HeaderName.Event, Package);
        request.Headers.Add(HeaderName.Accept, PlainAccept);
        request.Headers.Add(HeaderName.Expires, "3600");
        return request;
    }

    /// <summary>The body of a batch: whom to watch, and whom no more. Those who are new in the user's list are told of it ([MS-PRES] §2.2.2.4.1, <c>context</c>).</summary>
    public static byte[] Body(
        ServerConnection connection,
        uint id,
        IReadOnlyCollection<Contact> added,
        IReadOnlyCollection<Contact> removed,
        PresenceNeeds needs,
        Func<Contact, bool>? isNew = null)
    {
        var categories = ValueList.From(needs.Names);
        var actions = new List<BatchAction>(2);
        if (added.Count > 0)
        {
            actions.Add(Action(BatchAction.Subscribe, id, added, isNew) with { Categories = categories });
        }

        if (removed.Count > 0)
        {
            actions.Add(Action(BatchAction.Unsubscribe, id + 1, removed) with { Categories = categories });
        }

        return new BatchSubscribe(connection.User.Text) { Actions = ValueList.From(actions) }.ToBytes();
    }

    /// <summary>True for refusals by which a server shows that it does not know what it was asked in these words (RFC 3261 §21.4, RFC 6665 §8.3.2).</summary>
    public static bool IsNotUnderstood(int status) =>
        status is StatusCode.MethodNotAllowed or 406 or StatusCode.UnsupportedMediaType or 420 or 421 or StatusCode.BadEvent or StatusCode.NotImplemented;

    private static BatchAction Action(string name, uint id, IEnumerable<Contact> contacts, Func<Contact, bool>? isNew = null) => new(name, id.ToString(CultureInfo.InvariantCulture))
    {
        Resources = ValueList.From(contacts.Select(contact => isNew?.Invoke(contact) == true ? BatchResource.JustAdded(contact.Uri) : new BatchResource(contact.Uri))),
    };
}
