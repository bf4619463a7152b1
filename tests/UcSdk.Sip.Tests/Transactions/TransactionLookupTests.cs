namespace UcSdk.Sip.Tests;

/// <summary>
/// Transactions and dialogs are found by what stands in the message, which is not made into text for that where it is short and ASCII; the other cases find them too
/// (RFC 3261 §17.1.3, §17.2.3, §12.2.2).
/// </summary>
public sealed class TransactionLookupTests
{
    public static TheoryData<string> Identifiers => ["short", new string('l', 127), new string('l', 128), new string('l', 300), "grüße"];

    [Theory]
    [MemberData(nameof(Identifiers))]
    public void A_repeated_request_is_known_by_its_branch_in_any_case_and_length(string identifier)
    {
        var wire = PeerWire.Datagram();
        var offered = 0;
        wire.Endpoint.RequestReceived = request =>
        {
            offered++;
            request.Respond(200);
        };
        var branch = Via.MagicCookie + identifier;

        wire.Says(Messages.FromPeer("MESSAGE", branch: branch, callId: identifier));
        wire.Says(Messages.FromPeer("MESSAGE", branch: branch.ToUpperInvariant(), callId: identifier));
        Assert.Equal(1, offered);
        Assert.Equal(wire.ExpectResponse(200).ToBytes(), wire.ExpectResponse(200).ToBytes());

        wire.Says(Messages.FromPeer("MESSAGE", branch: branch + "2", callId: identifier, cseq: 2));
        Assert.Equal(2, offered);
    }

    [Fact]
    public void The_sender_and_the_method_are_part_of_what_a_request_is_known_by()
    {
        var wire = PeerWire.Datagram();
        var offered = new List<string>();
        wire.Endpoint.RequestReceived = request => offered.Add(request.Request.Method.Name);

        wire.Says(Messages.FromPeer("MESSAGE"));
        wire.Says(Messages.FromPeer("INFO"));
        Assert.Equal(["MESSAGE", "INFO"], offered);

        // The same request by other paths is no repetition (§8.2.2.2).
        wire.Says(Messages.FromPeer("MESSAGE").Replace("peer.test:5070", "peer.test:5071", StringComparison.Ordinal));
        wire.ExpectResponse(482);
        wire.Says(Messages.FromPeer("MESSAGE").Replace("peer.test:5070", "other.test:5070", StringComparison.Ordinal));
        wire.ExpectResponse(482);
        wire.Says(Messages.FromPeer("MESSAGE").Replace("peer.test:5070", "PEER.test:5070", StringComparison.Ordinal));
        wire.ExpectNothing();
        Assert.Equal(["MESSAGE", "INFO"], offered);
    }

    [Theory]
    [MemberData(nameof(Identifiers))]
    public void A_request_finds_its_dialog_by_a_call_id_and_tags_of_any_case_and_length(string identifier)
    {
        var wire = PeerWire.Reliable();
        InviteSession? session = null;
        var heard = 0;
        wire.Endpoint.RequestReceived = request => session = request.CreateInviteSession();
        wire.Says(Messages.FromPeer("INVITE", callId: identifier).Replace("peertag", identifier, StringComparison.Ordinal));
        wire.Do(() => session!.AcceptAsync());
        var tag = wire.ExpectResponse(200).To!.Tag!;
        session!.RequestReceived = request =>
        {
            heard++;
            request.Respond(200);
            return true;
        };

        wire.Says(Messages.FromPeer("INFO", 2, "z9hG4bKpeer2", tag.ToUpperInvariant(), callId: identifier.ToUpperInvariant()).Replace("peertag", identifier.ToUpperInvariant(), StringComparison.Ordinal));
        wire.ExpectResponse(200);
        wire.Says(Messages.FromPeer("INFO", 3, "z9hG4bKpeer3", tag, callId: identifier + "2").Replace("peertag", identifier, StringComparison.Ordinal));
        wire.ExpectResponse(481);
        wire.Says(Messages.FromPeer("INFO", 4, "z9hG4bKpeer4", tag, callId: identifier).Replace("peertag", identifier + "2", StringComparison.Ordinal));
        wire.ExpectResponse(481);
        Assert.Equal(1, heard);
    }
}
