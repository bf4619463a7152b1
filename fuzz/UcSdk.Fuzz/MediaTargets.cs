using System.Net;
using UcSdk.Core;
using UcSdk.Media;

namespace UcSdk.Fuzz;

/// <summary>The targets of the media floor.</summary>
internal static class MediaTargets
{
    public static readonly FuzzTarget Sdp = new("sdp", "sdp", RunSdp);

    public static readonly FuzzTarget Packets = new("rtp-rtcp", "media", RunPackets);

    // A description survives being written; as an offer it is answered or refused with a reason.
    private static void RunSdp(byte[] input, RandomSource random)
    {
        if (!SessionDescription.TryParse(input.AsMemory(), out var description, out _))
        {
            return;
        }

        var text = description.ToText();
        FuzzFinding.Require(SessionDescription.TryParse(text, out var again, out var error), $"what was written can be read: {error}");
        FuzzFinding.Require(again!.ToText() == text, "a description survives");
        foreach (var encryption in Enum.GetValues<EncryptionPolicy>())
        {
            var local = new AudioAgreement(new(IPAddress.Loopback, 4000), new(IPAddress.Loopback, 4001), 1, encryption, CodecRegistry.Default);
            if (AudioAnswer.TryCreate(description, local, random, out var answer, out _))
            {
                FuzzFinding.Require(answer.Description.Media.Count == description.Media.Count, "an answer has as many media as its offer");
            }
        }
    }

    private static void RunPackets(byte[] input, RandomSource random)
    {
        if (RtpHeader.TryRead(input, out var header, out var payloadOffset, out _) && RtpHeader.TryReadPayload(input, payloadOffset, out var payload, out _))
        {
            FuzzFinding.Require(payloadOffset + payload.Length <= input.Length, "a payload lies within its packet");
            _ = header.SequenceNumber;
        }

        if (RtcpReader.IsValid(input, out _))
        {
            var reader = new RtcpReader(input);
            while (reader.TryRead(out _))
            {
            }
        }

        var key = new byte[InlineKey.KeyAndSaltLength];
        random.Fill(key);
        using var receiver = new SrtpReceiver(InlineKey.Create(key, null));
        FuzzFinding.Require(receiver.UnprotectRtp([.. input], out _) != SrtpResult.Ok, "nobody forges a packet");
        FuzzFinding.Require(receiver.UnprotectRtcp([.. input], out _) != SrtpResult.Ok, "nobody forges a report");
    }
}
