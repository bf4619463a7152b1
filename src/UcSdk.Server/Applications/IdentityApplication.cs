using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// Lets only those act who are who they say: From must name a user registered on that very connection, or by datagrams from that host, which
/// send their large requests over a connection of its own (RFC 3261 §18.1.1) and prove themselves there again where they have a password. Which
/// of several endpoints of the user it is, its epid or its Contact tells. In a call that was sent on (<see cref="DivertedCalls"/>) From is the name that was called.
/// </summary>
internal sealed class IdentityApplication(BindingStore bindings, UserDirectory directory, DivertedCalls diverted) : IServerApplication
{
    // Endpoint identifiers of the usual length are looked up without making them.
    private const int LookupRoom = 64;

    public bool Handle(ServerRequest request)
    {
        request.Sender = Find(request.Message, request.Flow) ?? diverted.SpeakerOf(request.Message, request.Flow);
        if (request.Sender is not null)
        {
            Assert(request);
            return false;
        }

        request.Answer(ServerAnswer.Refuse(StatusCode.Forbidden, ServerDiagnostics.SenderNotAuthorized));
        return true;
    }

    /// <summary>Takes off what nobody of our domain of trust has asserted (RFC 3325 §5): all that clients say of identities, in responses too.</summary>
    public static void RemoveIdentity(SipMessage message)
    {
        message.Headers.Remove(HeaderName.PPreferredIdentity);
        message.Headers.Remove(HeaderName.PAssertedIdentity);
    }

    // RFC 3325 §5: what a user says of itself is not passed on; what was proven is.
    private void Assert(ServerRequest request)
    {
        RemoveIdentity(request.Message);
        if (request.IsProven && directory.TryFind(SipUri.Parse(request.Sender!.Id.User), out var user))
        {
            request.Message.Headers.Add(HeaderName.PAssertedIdentity, new NameAddr(directory.UriOf(user), user.DisplayName).ToString());
        }
    }

    private Binding? Find(SipRequest message, SipFlow flow)
    {
        if (message.From is not { } from || !directory.TryFind(from.Uri, out var user))
        {
            return null;
        }

        var epid = from.EpidIn(stackalloc char[LookupRoom]);
        var (first, ofContact) = ((Binding?)null, (Binding?)null);
        var known = bindings.OfUser(directory.AddressOfRecord(user));
        for (var at = 0; at < known.Count; at++)
        {
            var binding = known[at];
            if (!flow.IsFromPeerOf(binding.Flow))
            {
                continue;
            }

            if (!epid.IsEmpty && epid.SequenceEqual(binding.Epid))
            {
                return binding;
            }

            first ??= binding;
            ofContact ??= message.Contact is { } contact && contact.Uri.Equals(binding.Gruu) ? binding : null;
        }

        return ofContact ?? first;
    }
}
