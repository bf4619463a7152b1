using System.Text;
using System.Text.RegularExpressions;
using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Conversations.Tests;

/// <summary>
/// Somebody on the way between a client and its server repeats, reorders, changes, cuts and makes up what is said. What is signed and changed was never said; what a challenge
/// asks for may be less than before, or make no sense, and is refused in words.
/// </summary>
public sealed class TamperingTests
{
    private const string Invite = "INVITE bob (application/ms-conf-invite+xml)";

    [Fact]
    public void An_invitation_that_is_repeated_when_it_is_long_over_rings_no_more() => World.Tell(
        async world =>
        {
            var (alice, bob) = await MeetAsync(world);
            ReadOnlyMemory<byte> heard = default;
            bob.LineFaults.MultipliesReceived = (line, message) =>
            {
                heard = line == Invite && heard.IsEmpty ? message.ToArray() : heard;
                return [message];
            };
            bob.Declines();
            await Assert.ThrowsAsync<FailureResponseException>(() => alice.Invite(bob).Delivery);
            // Long enough for every transaction and dialog to be forgotten.
            await world.DelayAsync(TimeSpan.FromMinutes(5));
            bob.LineFaults.MultipliesReceived = (line, message) => line.StartsWith("INVITE", StringComparison.Ordinal) ? [heard, message] : [message];
            await Assert.ThrowsAsync<FailureResponseException>(() => alice.Invite(bob).Delivery);
            Assert.Equal(2, bob.Invitations.Count);
            Assert.Equal(2, world.Wire.Count("bob → server 603 INVITE bob"));
        },
        Signed());

    [Fact]
    public void Messages_that_overtake_one_another_are_taken_each() => World.Tell(
        async world =>
        {
            var (alice, bob) = await MeetAsync(world);
            var held = new List<ReadOnlyMemory<byte>>();
            bob.LineFaults.MultipliesReceived = (line, message) =>
            {
                if (line == Invite && held.Count == 0)
                {
                    held.Add(message.ToArray());
                    return [];
                }

                return line == Invite && held.Count == 1 ? [message, held[0]] : [message];
            };
            bob.Declines();
            var (first, second) = (alice.Invite(bob).Delivery, alice.Invite(bob).Delivery);
            Assert.Equal(603, (await Assert.ThrowsAsync<FailureResponseException>(() => second)).StatusCode);
            Assert.Equal(603, (await Assert.ThrowsAsync<FailureResponseException>(() => first)).StatusCode);
            Assert.Equal(2, bob.Invitations.Count);
        },
        Signed());

    [Theory]
    [InlineData("\r\nFrom: <sip:alice@", "\r\nFrom: <sip:carol@")]
    [InlineData("\r\nTo: <sip:bob@", "\r\nTo: <sip:Bob@")]
    [InlineData("\r\nCall-ID: ", "\r\nCall-ID: 0")]
    [InlineData("\r\nCSeq: 1 ", "\r\nCSeq: 2 ")]
    [InlineData("\r\nP-Asserted-Identity: ", "\r\nP-Asserted-Identity: <sip:boss@contoso.test>,")]
    [InlineData("\r\nP-Asserted-Identity: ", "\r\nX: ")]
    [InlineData("snum=\"", "snum=\"9")]
    [InlineData("srand=\"", "srand=\"0")]
    [InlineData("rspauth=\"01", "rspauth=\"02")]
    [InlineData("rspauth=\"01000000", "rspauth=\"")]
    [InlineData("opaque=\"", "opaque=\"0")]
    [InlineData("targetname=\"", "targetname=\"x")]
    [InlineData("Authentication-Info: NTLM", "Authentication-Info: Kerberos")]
    [InlineData("Authentication-Info: NTLM", "Proxy-Authentication-Info: NTLM")]
    [InlineData("\r\nAuthentication-Info: ", "\r\nX: ")]
    public void A_signed_request_that_was_changed_was_never_made(string what, string with) => World.Tell(
        async world =>
        {
            var (alice, bob) = await MeetAsync(world);
            var changed = 0;
            bob.LineFaults.ChangesReceived = (line, message) =>
            {
                if (!line.StartsWith("INVITE", StringComparison.Ordinal))
                {
                    return message;
                }

                var text = Encoding.UTF8.GetString(message.Span);
                Assert.Contains(what, text, StringComparison.OrdinalIgnoreCase);
                changed++;
                return Encoding.UTF8.GetBytes(text.Replace(what, with, StringComparison.OrdinalIgnoreCase));
            };
            bob.Declines();
            Assert.Equal(408, (await Assert.ThrowsAsync<FailureResponseException>(() => alice.Invite(bob, TimeSpan.FromSeconds(20)).Delivery)).StatusCode);
            Assert.Equal((1, 0), (changed, bob.Invitations.Count));
            Assert.False(world.Wire.Has("bob → server 180 INVITE bob"));
            bob.LineFaults.ChangesReceived = null;
            await Assert.ThrowsAsync<FailureResponseException>(() => alice.Invite(bob).Delivery);
            Assert.Single(bob.Invitations);
        },
        Signed());

    [Fact]
    public void A_refusal_that_somebody_made_up_ends_nothing() => World.Tell(
        async world =>
        {
            var (alice, bob) = await MeetAsync(world);
            // The 180 comes as a 603, with the signature of the 180.
            alice.LineFaults.ChangesReceived = (line, message) => line.StartsWith("180 INVITE", StringComparison.Ordinal)
                ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(message.Span).Replace("SIP/2.0 180 Ringing", "SIP/2.0 603 Decline", StringComparison.Ordinal))
                : message;
            bob.Accepts(joins: false);
            await alice.Invite(bob).Delivery;
            Assert.Single(bob.Invitations);
        },
        Signed());

    [Theory]
    [InlineData("version=4", "version=3")]
    [InlineData(", version=4", "")]
    public void Whoever_lowers_the_version_of_the_challenge_gets_nobody_in(string what, string with) => World.Tell(
        async world =>
        {
            var alice = world.Introduce("alice");
            Meddle(alice, text => text.Replace(what, with, StringComparison.Ordinal));
            var failure = await Assert.ThrowsAsync<RegisterException>(() => alice.Client.SignInAsync(alice.Address));
            Assert.Equal(401, failure.StatusCode);
            Assert.Equal(0, (await world.Server.GetCountsAsync()).Bindings);
            alice.LineFaults.ChangesReceived = null;
            await alice.Client.SignInAsync(alice.Address);
        },
        Signed(SipAuthenticationScheme.Ntlm));

    [Fact]
    public void A_client_that_has_signed_once_comes_back_with_nothing_less() => World.Tell(
        async world =>
        {
            var alice = await world.SignInAsync("alice");
            // From now on the server seems to know Digest only, and the connection breaks.
            Meddle(alice, text => Regex.Replace(text, "WWW-Authenticate: NTLM[^\r]*\r\n", "", RegexOptions.IgnoreCase));
            world.Network.CutHost("alice");
            await world.DelayAsync(TimeSpan.FromMinutes(2));
            Assert.NotEqual(ClientState.SignedIn, alice.Client.State);
            Assert.DoesNotContain(world.Network.Transcript, entry => Encoding.UTF8.GetString(entry.Bytes.Span).Contains("Authorization: Digest", StringComparison.OrdinalIgnoreCase));
        },
        Signed());

    public static TheoryData<string, string> Challenges => new()
    {
        { "not Base64", "gssapi-data=\"!!!!\"" },
        { "no NTLM", "gssapi-data=\"" + Convert.ToBase64String(new byte[64]) + "\"" },
        { "cut off", "gssapi-data=\"TlRMTVNTUAACAAAA\"" },
        { "empty", "gssapi-data=\"\"" },
        { "as large as a token may be", "gssapi-data=\"" + Convert.ToBase64String(new byte[48_000]) + "\"" },
        { "one byte larger", "gssapi-data=\"" + Convert.ToBase64String(new byte[48_001]) + "\"" },
        { "twice", "gssapi-data=\"TlRM\", gssapi-data=\"TlRM\"" },
        { "without its quote", "gssapi-data=\"TlRM" },
        { "with forty parameters", "gssapi-data=\"TlRM\", " + string.Join(", ", Enumerable.Range(0, 40).Select(n => $"p{n}=v")) },
    };

    [Theory]
    [MemberData(nameof(Challenges))]
    public void A_challenge_that_makes_no_sense_is_refused_in_words_and_the_next_sign_in_succeeds(string what, string token) => World.Tell(
        async world =>
        {
            var alice = world.Introduce("alice");
            Meddle(alice, text => Regex.Replace(text, "gssapi-data=\"[^\"]+\"", token.Replace("$", "$$", StringComparison.Ordinal)));
            var failure = await Assert.ThrowsAsync<RegisterException>(() => alice.Client.SignInAsync(alice.Address));
            Assert.True(failure.StatusCode == 401, what + ": " + failure.Message);
            Assert.DoesNotContain("wonderland", failure.ToString(), StringComparison.Ordinal);
            alice.LineFaults.ChangesReceived = null;
            await alice.Client.SignInAsync(alice.Address);
            Assert.Equal(ClientState.SignedIn, alice.Client.State);
        },
        Signed(SipAuthenticationScheme.Ntlm));

    private static void Meddle(Person person, Func<string, string> change) => person.LineFaults.ChangesReceived = (line, message) =>
        line.StartsWith("401 ", StringComparison.Ordinal) ? Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(message.Span))) : message;

    private static async Task<(Person Alice, Person Bob)> MeetAsync(World world)
    {
        var (alice, bob) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"));
        await alice.MeetAsync();
        return (alice, bob);
    }

    private static WorldOptions Signed(params SipAuthenticationScheme[] schemes) => new()
    {
        Server = options => options with
        {
            Users = [new UcServerUser("alice") { Password = new SipPassword("wonderland") }, new UcServerUser("bob") { Password = new SipPassword("wonderland") }],
            Authentication = schemes.Length == 0 ? options.Authentication : options.Authentication with { Schemes = schemes },
        },
        Client = options => options with { Password = new SipPassword("wonderland") },
    };
}
