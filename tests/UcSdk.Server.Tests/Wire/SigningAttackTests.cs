using System.Text;
using UcSdk.Shared;
using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>What those get who repeat, change, cut, swap or make up what is signed, and who ask for less than both sides can do.</summary>
public sealed class SigningAttackTests
{
    // Takes no part in the signature: what a proxy may change on the way.
    private static readonly string[] Signed = ["From", "To", "Call-ID", "CSeq", "Expires"];

    [Fact]
    public void A_replayed_message_is_refused_and_one_that_was_overtaken_is_not()
    {
        using var lab = SigningConversationTests.Guarded();
        var alice = NtlmSignIn.Complete(lab, "alice", "wonderland");
        alice.Request("MESSAGE", alice.Address, "m1");
        alice.ExpectsResponse(480);
        alice.SendRaw(alice.LastBytes);
        alice.ExpectsResponse(401);

        var first = Sign(alice, "n1");
        var second = Sign(alice, "n2");
        alice.SendRaw(second);
        alice.ExpectsResponse(480);
        alice.SendRaw(first);
        alice.ExpectsResponse(480);
        alice.SendRaw(first);
        alice.ExpectsResponse(401);
        Assert.Empty(alice.Unsigned);
    }

    [Fact]
    public void Whatever_is_changed_in_a_signed_header_the_message_is_refused()
    {
        using var lab = SigningConversationTests.Guarded();
        var alice = NtlmSignIn.Complete(lab, "alice", "wonderland");
        var statuses = new HashSet<int>();
        foreach (var name in Signed)
        {
            var text = Encoding.UTF8.GetString(Sign(alice, "m" + name, "Expires: 90"));
            var start = text.IndexOf($"\r\n{name}: ", StringComparison.OrdinalIgnoreCase) + name.Length + 4;
            var end = text.IndexOf("\r\n", start, StringComparison.Ordinal);
            if (text.IndexOf(";epid=", start, StringComparison.Ordinal) is var epid and > 0 && epid < end)
            {
                end = epid;
            }

            for (var at = start; at < end; at++)
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                bytes[at] ^= 0x01;
                alice.SendRaw(bytes);
                Assert.True(alice.TryTake(out var answer) || !IsRequest(bytes), $"no answer to a change of {name} at {at - start}");
                if (answer is SipResponse response)
                {
                    statuses.Add(response.StatusCode);
                }
            }
        }

        // 400 where it is no message any more, 401 everywhere else; 480 would be that it was taken.
        Assert.Subset(new HashSet<int> { 400, 401 }, statuses);
        alice.Request("MESSAGE", alice.Address, "after");
        alice.ExpectsResponse(480);
    }

    [Theory]
    [InlineData("opaque=\"", "opaque=\"0")]
    [InlineData("targetname=\"sip.", "targetname=\"sips.")]
    [InlineData("realm=\"SIP", "realm=\"sip")]
    [InlineData("cnum=\"", "cnum=\"1")]
    [InlineData("cnum=\"", "cnum=\"0\", x=\"")]
    [InlineData("crand=\"", "crand=\"0")]
    [InlineData("response=\"01", "response=\"02")]
    [InlineData("response=\"", "response=\"zz")]
    [InlineData("response=\"", "response=\"\", x=\"")]
    [InlineData("response=\"01000000", "response=\"")]
    [InlineData("response=\"01000000", "response=\"0100000")]
    [InlineData("NTLM qop", "Kerberos qop")]
    [InlineData("NTLM qop", "NTLM cnum=\"7\", qop")]
    [InlineData("NTLM qop=\"auth\"", "NTLM qop=\"auth-int\"")]
    public void A_changed_signature_field_is_refused(string what, string with)
    {
        using var lab = SigningConversationTests.Guarded();
        var alice = NtlmSignIn.Complete(lab, "alice", "wonderland");
        var text = Encoding.UTF8.GetString(Sign(alice, "m1"));
        Assert.Contains(what, text, StringComparison.Ordinal);
        alice.SendRaw(Encoding.UTF8.GetBytes(text.Replace(what, with, StringComparison.Ordinal)));
        alice.ExpectsResponse(401);
        alice.SendRaw(Encoding.UTF8.GetBytes(text));
        alice.ExpectsResponse(480);
    }

    [Fact]
    public void One_user_cannot_use_the_association_of_another_connection()
    {
        using var lab = SigningConversationTests.Guarded();
        var alice = NtlmSignIn.Complete(lab, "alice", "wonderland");
        var stolen = lab.Connect("alice", "alice02");
        stolen.Register();
        stolen.ExpectsResponse(401);
        stolen.SendRaw(Sign(alice, "m1"));
        stolen.ExpectsResponse(401);
    }

    [Fact]
    public void Less_than_the_connection_has_is_not_taken_any_more()
    {
        using var lab = SigningConversationTests.Guarded();
        var alice = lab.Connect("alice", "alice01");
        var signIn = new NtlmSignIn(lab, alice, "alice", "wonderland");
        signIn.Begin();
        signIn.AskForChallenge();
        signIn.Finish();
        alice.ExpectsResponse(200);

        // The password by Digest is no way around the signatures.
        alice.Association = null;
        alice.Register("Authorization: Digest username=\"alice\", realm=\"contoso.test\", nonce=\"n\", uri=\"sip:contoso.test\", response=\"00000000000000000000000000000000\"");
        Assert.All(alice.ExpectsResponse(401).Headers.GetAll(HeaderName.WwwAuthenticate), text => Assert.StartsWith("NTLM ", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_version_that_was_not_offered_is_refused(int version)
    {
        using var lab = SigningConversationTests.Guarded();
        var alice = lab.Connect("alice", "alice01");
        var signIn = new NtlmSignIn(lab, alice, "alice", "wonderland", version);
        signIn.Begin();
        alice.Register($"Authorization: NTLM qop=\"auth\", realm=\"SIP Communications Service\", targetname=\"sip.contoso.test\", gssapi-data=\"\"{(version > 2 ? $", version={version}" : "")}");
        Assert.Contains("version=4", alice.ExpectsResponse(401).Headers[HeaderName.WwwAuthenticate], StringComparison.Ordinal);
        Assert.Equal(0, lab.Counts.Bindings);
    }

    [Fact]
    public void The_end_of_the_handshake_must_be_signed_itself()
    {
        using var lab = SigningConversationTests.Guarded();
        var alice = lab.Connect("alice", "alice01");
        foreach (var (what, with) in new[] { ("response=\"01", "response=\"02"), (", response=", ", x="), ("Expires: 60", "Expires: 61") })
        {
            var signIn = new NtlmSignIn(lab, alice, "alice", "wonderland") { Edit = head => head + "\nExpires: 60" };
            alice.Association = null;
            signIn.Begin();
            signIn.AskForChallenge();
            alice.SendRaw(Encoding.UTF8.GetBytes(signIn.LastMessage().Replace(what, with, StringComparison.Ordinal)));
            alice.ExpectsResponse(401);
        }

        Assert.Equal(0, lab.Counts.Bindings);
    }

    [Fact]
    public void An_answer_is_taken_once_and_only_on_the_connection_that_was_asked()
    {
        using var lab = SigningConversationTests.Guarded();
        var alice = lab.Connect("alice", "alice01");
        var signIn = new NtlmSignIn(lab, alice, "alice", "wonderland");
        signIn.Begin();
        signIn.AskForChallenge();
        var last = Encoding.UTF8.GetBytes(signIn.LastMessage());
        var other = lab.Connect("alice", "alice02");
        other.Register();
        other.ExpectsResponse(401);
        other.SendRaw(last);
        other.ExpectsResponse(401);
        alice.SendRaw(last);
        alice.ExpectsResponse(200);
        alice.SendRaw(last);
        alice.ExpectsResponse(401);
    }

    [Theory]
    [InlineData("not base64!", 400)]
    [InlineData("TlRMTVNTUAA", 400)]
    [InlineData("TlRMTVNTUAADAAAA", 401)]
    public void A_token_that_makes_no_sense_is_refused(string token, int status)
    {
        using var lab = SigningConversationTests.Guarded();
        var alice = lab.Connect("alice", "alice01");
        Answer(alice, token, status);
        Answer(alice, "", 401);
    }

    [Theory]
    [InlineData(16 * 1024, 401)]
    [InlineData((16 * 1024) + 1, 400)]
    public void A_token_has_a_limit(int bytes, int status)
    {
        using var lab = SigningConversationTests.Guarded();
        Answer(lab.Connect("alice", "alice01"), Convert.ToBase64String(new byte[bytes]), status);
    }

    [Fact]
    public void A_cut_or_changed_answer_gets_a_refusal_and_never_a_crash()
    {
        var log = new RecordingLog();
        using var lab = new ServerLab(options => options with { Users = [new("alice") { Password = new("wonderland") }], LoggerFactory = log });
        var alice = lab.Connect("alice", "alice01");
        var length = 64;
        for (var at = 0; at < length; at += 7)
        {
            foreach (var change in new Func<byte[], byte[]>[] { token => token[..at], token => [.. token[..at], (byte)(token[at] ^ 0x80), .. token[(at + 1)..]] })
            {
                var signIn = new NtlmSignIn(lab, alice, "alice", "wonderland");
                alice.Association = null;
                signIn.Begin();
                signIn.AskForChallenge();
                signIn.Finish(token => change(Measure(token, ref length)));
                Assert.True(alice.TryTake(out var answer));
                Assert.Contains(Assert.IsType<SipResponse>(answer).StatusCode, new[] { 200, 400, 401, 403 });
                alice.Close();
                alice = lab.Connect("alice", $"alice{at}{length}");
            }
        }

        Assert.DoesNotContain(log.Lines, line => line.Contains("has failed", StringComparison.Ordinal));

        static byte[] Measure(byte[] token, ref int length)
        {
            length = token.Length;
            return token;
        }
    }

    [Fact]
    public void Of_a_fifth_handshake_on_a_connection_the_first_is_forgotten()
    {
        using var lab = SigningConversationTests.Guarded();
        var alice = lab.Connect("alice", "alice01");
        var signIns = Enumerable.Range(0, 5).Select(_ => new NtlmSignIn(lab, alice, "alice", "wonderland")).ToArray();
        foreach (var signIn in signIns)
        {
            signIn.Begin();
            signIn.AskForChallenge();
        }

        signIns[0].Finish();
        alice.ExpectsResponse(401);
        signIns[1].Finish();
        alice.ExpectsResponse(200);
    }

    [Fact]
    public void A_handshake_that_takes_too_long_is_forgotten()
    {
        using var lab = SigningConversationTests.Guarded();
        foreach (var (late, status) in new[] { (-1, 200), (0, 401) })
        {
            var alice = lab.Connect("alice", "alice" + status);
            var signIn = new NtlmSignIn(lab, alice, "alice", "wonderland");
            signIn.Begin();
            signIn.AskForChallenge();
            lab.Advance(TimeSpan.FromSeconds(32) + TimeSpan.FromTicks(late));
            signIn.Finish();
            alice.ExpectsResponse(status);
        }
    }

    [Theory]
    [InlineData("wonderland")]
    [InlineData("guess")]
    public async Task What_is_refused_stands_in_the_log_and_no_secret_does(string password)
    {
        var log = new RecordingLog();
        using var trace = new StringWriter();
        using var packets = new MemoryStream();
        var capture = new PcapngTrace(packets);
        using var lab = new ServerLab(options => options with
        {
            Users = [new("alice") { Password = new("wonderland") }],
            LoggerFactory = log,
            LogUserData = true,
            Trace = new TraceFanOut(new TextTrace(trace) { ShowBodies = true }, capture),
        });
        var alice = lab.Connect("alice", "alice01");
        var signIn = new NtlmSignIn(lab, alice, "alice", password);
        signIn.Begin();
        signIn.AskForChallenge();
        var token = "";
        signIn.Finish(bytes =>
        {
            token = Convert.ToBase64String(bytes);
            return bytes;
        });
        alice.ExpectsResponse(password == "guess" ? 401 : 200);
        alice.Association = null;
        alice.Request("MESSAGE", alice.Address, "unsigned");
        alice.TryTake(out _);

        Assert.Contains(log.Lines, line => line.Contains("MESSAGE answered 401: it is not signed", StringComparison.Ordinal) || line.Contains("REGISTER answered 401: ", StringComparison.Ordinal));
        var hash = new byte[16];
        NtlmMath.HashPassword(Encoding.UTF8.GetBytes(password), hash);
        string[] secrets = [password, Convert.ToHexString(hash), token, Convert.ToBase64String(signIn.Token), signIn.Opaque];
        await capture.DisposeAsync();
        var captured = Encoding.Latin1.GetString(packets.ToArray());
        Assert.Contains("NTLM qop=\"auth\"", captured, StringComparison.Ordinal);
        foreach (var text in log.Lines.Append(trace.ToString()).Append(captured))
        {
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));
        }
    }

    private static void Answer(RawClient client, string token, int status)
    {
        client.Register();
        client.ExpectsResponse(401);
        client.Register($"Authorization: NTLM qop=\"auth\", realm=\"SIP Communications Service\", targetname=\"sip.contoso.test\", gssapi-data=\"{token}\", version=4");
        client.ExpectsResponse(status);
    }

    // A signed MESSAGE, not sent.
    private static byte[] Sign(RawClient client, string callId, string headers = "Subject: none")
    {
        var head = $"""
            MESSAGE {client.Address} SIP/2.0
            Via: SIP/2.0/tcp 10.0.0.5:50000;branch=z9hG4bK{callId}
            From: {client.From}
            To: <{client.Address}>
            Max-Forwards: 70
            CSeq: 1 MESSAGE
            Call-ID: {callId}
            {headers}
            Content-Length: 0


            """;
        Assert.True(SipMessage.TryParse(Encoding.UTF8.GetBytes(head.ReplaceLineEndings("\r\n")), SipLimits.Default, out var message, out _));
        client.Association!.Protect(message!);
        return message!.ToBytes();
    }

    private static bool IsRequest(byte[] bytes) => SipMessage.TryParse(bytes, SipLimits.Default, out var message, out _) && message is SipRequest request && request.TryValidate(out _);
}
