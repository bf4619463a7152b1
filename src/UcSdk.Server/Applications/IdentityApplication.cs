using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// Lets only those act who are who they say: From must name a user registered on that very connection, or by datagrams from that host, which
/// send their large requests over a connection of its own (RFC 3261 §18.1.1) and prove themselves there again where they have a password. Which
/// of several endpoints of the user it is, its epid or its Contact tells.
/// </summary>
internal sealed class IdentityApplication(BindingStore bindings, UserDirectory directory) : IServerApplication
{
    public bool Handle(ServerRequest request)
    {
        request.Sender = Find(request.Message, request.Flow);
        if (request.Sender is not null)
        {
            return false;
        }

        request.Answer(ServerAnswer.Refuse(StatusCode.Forbidden, ServerDiagnostics.SenderNotAuthorized));
        return true;
    }

    private Binding? Find(SipRequest message, SipFlow flow)
    {
        if (message.From is not { } from || !directory.TryFind(from.Uri, out var user))
        {
            return null;
        }

        var aor = directory.AddressOfRecord(user);
        var candidates = bindings.OfUser(aor).Where(binding => flow.IsFromPeerOf(binding.Flow)).ToArray();
        return candidates.FirstOrDefault(binding => from.Epid is { } epid && epid == binding.Epid)
            ?? candidates.FirstOrDefault(binding => message.Contact is { } contact && contact.Uri.Equals(binding.Gruu))
            ?? candidates.FirstOrDefault();
    }
}
