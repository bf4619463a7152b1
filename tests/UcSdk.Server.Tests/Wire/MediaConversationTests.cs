using UcSdk.Media;
using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>The third dialog of a conference: INVITE to the audio-video URI, SDP, audio.</summary>
public sealed class MediaConversationTests
{
    private const string Id = "ABCDEFGH";

    // A hand-written offer after SIPE's: PCMA and PCMU, one key without MKI.
    private const string Offer =
        """
        v=0
        o=- 0 0 IN IP4 10.0.0.9
        s=session
        c=IN IP4 10.0.0.9
        b=CT:99980
        t=0 0
        m=audio 50002 RTP/SAVP 8 0 101
        c=IN IP4 10.0.0.9
        a=rtcp:50003
        a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd|2^31
        a=rtpmap:8 PCMA/8000
        a=rtpmap:0 PCMU/8000
        a=rtpmap:101 telephone-event/8000
        a=fmtp:101 0-16
        a=x-ssrc-range:17-17

        """;

    [Fact]
    public void A_leg_is_answered_seen_and_left()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        alice.SubscribeRoster(focus);

        var answer = Call(alice, focus, Offer, 200);
        Assert.Equal("application/sdp", answer.ContentType);
        Assert.Contains(AudioVideo(focus), answer.Headers[HeaderName.Contact], StringComparison.Ordinal);
        Assert.Matches("m=audio [0-9]+ RTP/SAVP 8", answer.BodyText);
        Assert.Matches("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:[A-Za-z0-9+/]{40}", answer.BodyText);
        Assert.DoesNotContain("cryptoscale", answer.BodyText, StringComparison.Ordinal);

        // Nobody is told of it before the ACK.
        alice.ExpectsNothing();
        alice.InDialog("ACK", answer, 1);
        var roster = alice.ExpectsRequest("BENOTIFY").BodyText;
        Assert.Contains("session-type=\"focus\"", roster, StringComparison.Ordinal);
        Assert.Contains("session-type=\"audio-video\"", roster, StringComparison.Ordinal);
        Assert.Contains("<label>main-audio</label>", roster, StringComparison.Ordinal);
        Assert.Contains("<src-id>17</src-id>", roster, StringComparison.Ordinal);
        Assert.Contains("<status>sendrecv</status>", roster, StringComparison.Ordinal);
        Assert.Equal((1, 1), (lab.Counts.MediaLegs, lab.Counts.Mixers));

        alice.InDialog("BYE", answer, 2);
        alice.ExpectsResponse(200);
        Assert.DoesNotContain("session-type=\"audio-video\"", alice.ExpectsRequest("BENOTIFY").BodyText, StringComparison.Ordinal);
        Assert.Equal((0, 0), (lab.Counts.MediaLegs, lab.Counts.Mixers));
        Assert.Equal(0, lab.MediaNetwork.OpenPorts);
    }

    [Fact]
    public void A_leg_is_seen_with_its_ACK_whatever_comes_right_behind_it()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        alice.SubscribeRoster(focus);
        var answer = Call(alice, focus, Offer, 200);

        // One piece of the stream.
        alice.SendRaw([.. InDialog(answer, "ACK", 1), .. InDialog(answer, "BYE", 2)]);

        Assert.Contains("session-type=\"audio-video\"", alice.ExpectsRequest("BENOTIFY").BodyText, StringComparison.Ordinal);
        alice.ExpectsResponse(200);
        Assert.DoesNotContain("session-type=\"audio-video\"", alice.ExpectsRequest("BENOTIFY").BodyText, StringComparison.Ordinal);
        Assert.Equal((0, 0, 0), (lab.Counts.MediaLegs, lab.Counts.Mixers, lab.MediaNetwork.OpenPorts));
    }

    [Fact]
    public void Leaving_the_focus_ends_the_leg()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        var joined = alice.Join(focus);
        alice.InDialog("ACK", Call(alice, focus, Offer, 200), 1);

        alice.InDialog("BYE", joined, 2);

        alice.ExpectsResponse(200);
        alice.Answer(alice.ExpectsRequest("BYE"), 200);
        Assert.Equal(0, lab.Counts.MediaLegs);
        Assert.Equal(0, lab.MediaNetwork.OpenPorts);
    }

    [Fact]
    public void A_leg_whose_user_has_left_before_its_ACK_is_ended_with_it()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        var joined = alice.Join(focus);
        var answer = Call(alice, focus, Offer, 200);
        alice.InDialog("BYE", joined, 2);
        alice.ExpectsResponse(200);
        alice.ExpectsNothing();

        alice.InDialog("ACK", answer, 1);

        alice.Answer(alice.ExpectsRequest("BYE"), 200);
        Assert.Equal(0, lab.Counts.MediaLegs);
        Assert.Equal(0, lab.MediaNetwork.OpenPorts);
    }

    [Fact]
    public void A_second_leg_of_the_same_endpoint_replaces_the_first()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        alice.InDialog("ACK", Call(alice, focus, Offer, 200, "one"), 1);

        alice.InDialog("ACK", Call(alice, focus, Offer, 200, "two"), 1);

        alice.Answer(alice.ExpectsRequest("BYE"), 200);
        Assert.Equal(1, lab.Counts.MediaLegs);
    }

    [Fact]
    public void Who_is_not_in_the_roster_gets_no_leg()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var bob = lab.SignIn("bob");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);

        Assert.StartsWith("3014", Call(bob, focus, Offer, 403).Headers[HeaderName.MsDiagnostics], StringComparison.Ordinal);
        Assert.Equal(0, lab.MediaNetwork.OpenPorts);
    }

    [Theory]
    [InlineData("application/sdp", "not SDP", 488, "7008")]
    [InlineData("application/sdp", "", 400, "7005")]
    [InlineData("multipart/alternative;boundary=x", "--x--", 415, "7004")]
    public void An_offer_that_cannot_be_used_is_refused_with_its_diagnostic(string type, string body, int status, string diagnostic)
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);

        alice.Request("INVITE", AudioVideo(focus), "odd", $"Content-Type: {type}", body);

        Assert.StartsWith(diagnostic, alice.ExpectsResponse(status).Headers[HeaderName.MsDiagnostics], StringComparison.Ordinal);
        Assert.Equal(0, lab.Counts.MediaLegs);
    }

    [Theory]
    [InlineData("8 0 101", "115", "305")]
    [InlineData("RTP/SAVP", "RTP/AVP", null)]
    [InlineData("a=crypto:1", "a=nocrypto:1", "308")]
    [InlineData("m=audio", "m=video", "304")]
    public void What_cannot_be_agreed_is_not_acceptable(string part, string instead, string? warning)
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);

        // RTP/AVP with keys is an offer of optional encryption, which a server that requires it takes ([MS-SDPEXT] §3.1.5.1).
        var response = Call(alice, focus, Offer.Replace(part, instead, StringComparison.Ordinal), warning is null ? 200 : 488);

        Assert.StartsWith(warning ?? "", response.Headers[HeaderName.Warning] ?? "", StringComparison.Ordinal);
        if (warning is null)
        {
            Assert.Contains("RTP/SAVP", response.BodyText, StringComparison.Ordinal);
            alice.InDialog("ACK", response, 1);
        }
        else
        {
            Assert.Equal(0, lab.Counts.MediaLegs);
            Assert.Equal(0, lab.MediaNetwork.OpenPorts);
        }
    }

    [Fact]
    public void A_call_that_is_cancelled_while_ports_are_opened_leaves_nothing()
    {
        var network = new SlowNetwork();
        using var lab = new ServerLab(options => options with { MediaNetwork = network });
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        alice.Request("INVITE", AudioVideo(focus), "cancelled", "Content-Type: application/sdp", Offer);

        alice.Cancel();
        alice.ExpectsResponse(200);
        alice.ExpectsResponse(487);
        network.Open(lab.Run(async () => await lab.MediaNetwork.GetHost(System.Net.IPAddress.Loopback).OpenAsync()));
        lab.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((0, 0), (lab.Counts.MediaLegs, lab.Counts.Work));
        Assert.Equal(0, lab.MediaNetwork.OpenPorts);
        alice.ExpectsNothing();
    }

    [Fact]
    public void Without_free_ports_the_call_is_refused()
    {
        var network = new SlowNetwork();
        using var lab = new ServerLab(options => options with { MediaNetwork = network });
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        alice.Request("INVITE", AudioVideo(focus), "full", "Content-Type: application/sdp", Offer);

        network.Fail();

        alice.ExpectsResponse(480);
        Assert.Equal(0, lab.Counts.MediaLegs);
    }

    [Fact]
    public void A_leg_of_a_conference_that_does_not_exist_is_not_found()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");

        Assert.StartsWith("7002", Call(alice, alice.Focus("NOSUCH11"), Offer, 404).Headers[HeaderName.MsDiagnostics], StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_that_a_test_orders_is_given()
    {
        using var lab = new ServerLab(seams: new ServerSeams { McuRefusal = 480 });
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);

        Call(alice, focus, Offer, 480);
    }

    [Fact]
    public void An_answer_that_a_test_spoils_names_a_codec_that_was_not_offered()
    {
        using var lab = new ServerLab(seams: new ServerSeams { AnswersWithoutCommonCodec = true });
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);

        Assert.Matches("m=audio [0-9]+ RTP/SAVP 12\r\n", Call(alice, focus, Offer, 200).BodyText);
    }

    [Fact]
    public void A_leg_that_falls_silent_for_good_is_ended()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        alice.InDialog("ACK", Call(alice, focus, Offer, 200), 1);

        lab.Advance(TimeSpan.FromSeconds(51));

        alice.Answer(alice.ExpectsRequest("BYE"), 200);
        Assert.Equal(0, lab.Counts.MediaLegs);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Everybody_hears_the_others_and_not_themselves(bool mixesOwn)
    {
        using var lab = new ServerLab(seams: new ServerSeams { MixesOwnAudio = mixesOwn });
        var alice = lab.SignIn("alice");
        var bob = lab.SignIn("bob");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        bob.Join(focus);
        var (aliceHears, aliceMedia) = Talk(lab, alice, focus, new ToneSource(440));
        var (bobHears, bobMedia) = Talk(lab, bob, focus, null);

        lab.Advance(TimeSpan.FromSeconds(2));

        Assert.True(bobHears.Peak > 5000, $"Bob hears {bobHears.Peak}.");
        Assert.Equal(mixesOwn, aliceHears.Peak > 5000);
        lab.Run(() => aliceMedia.CloseAsync());
        lab.Run(() => bobMedia.CloseAsync());
    }

    [Fact]
    public void With_the_wrong_key_in_the_answer_nothing_is_heard()
    {
        using var lab = new ServerLab(seams: new ServerSeams { AnswersWithWrongKey = true });
        var alice = lab.SignIn("alice");
        var bob = lab.SignIn("bob");
        var focus = alice.CreateConference(Id);
        alice.Join(focus);
        bob.Join(focus);
        var (_, aliceMedia) = Talk(lab, alice, focus, new ToneSource(440));
        var (bobHears, bobMedia) = Talk(lab, bob, focus, null);

        lab.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(0, bobHears.Peak);
        var statistics = lab.Run(() => bobMedia.GetStatisticsAsync());
        Assert.True(statistics.Dropped[MediaDropReason.AuthenticationFailed] > 50);
        lab.Run(() => aliceMedia.CloseAsync());
        lab.Run(() => bobMedia.CloseAsync());
    }

    private static (Listener Listener, MediaSession Media) Talk(ServerLab lab, RawClient client, string focus, IAudioSource? source)
    {
        var media = lab.CreateMedia();
        var listener = new Listener();
        media.Source = source;
        media.Sink = listener;
        var offer = lab.Run(() => media.CreateOfferAsync());
        var answer = Call(client, focus, offer.ToText(), 200);
        client.InDialog("ACK", answer, 1);
        Assert.True(SessionDescription.TryParse(answer.Body, out var agreed, out _));
        lab.Run(() => media.ApplyAnswerAsync(agreed));
        media.Start();
        return (listener, media);
    }

    private static SipResponse Call(RawClient client, string focus, string offer, int status, string callId = "av")
    {
        client.Request("INVITE", AudioVideo(focus), callId + client.Address, "Content-Type: application/sdp", offer);
        return client.ExpectsResponse(status);
    }

    private static byte[] InDialog(SipResponse established, string method, int cseq) => System.Text.Encoding.UTF8.GetBytes(
        $"{method} {established.Contact!.Uri} SIP/2.0\r\nVia: SIP/2.0/tcp 10.0.0.5:50000\r\nFrom: {established.Headers[HeaderName.From]}\r\nTo: {established.Headers[HeaderName.To]}\r\n"
        + $"Max-Forwards: 70\r\nCSeq: {cseq} {method}\r\nCall-ID: {established.CallId}\r\nContent-Length: 0\r\n\r\n");

    private static string AudioVideo(string focus) => focus.Replace(":focus:", ":audio-video:", StringComparison.Ordinal);

    /// <summary>A network that opens ports when the test says so.</summary>
    private sealed class SlowNetwork : IMediaNetwork
    {
        private readonly TaskCompletionSource<IMediaTransport> _ports = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Open(IMediaTransport ports) => _ports.SetResult(ports);

        public void Fail() => _ports.SetException(new IOException("No ports."));

        public ValueTask<IMediaTransport> OpenAsync(CancellationToken cancellationToken = default) => new(_ports.Task);
    }

    private sealed class Listener : IAudioSink
    {
        public int Peak { get; private set; }

        public void Write(AudioFrame frame)
        {
            foreach (var sample in frame.Samples.Span)
            {
                Peak = Math.Max(Peak, Math.Abs((int)sample));
            }
        }
    }
}
