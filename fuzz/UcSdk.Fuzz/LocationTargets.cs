using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Fuzz;

/// <summary>What anybody can send to a resolver or to a socket that keeps itself alive: answers of the DNS, and STUN.</summary>
internal static class LocationTargets
{
    private const int MaxAttributes = 6;
    private const int MaxValueBytes = 24;

    public static readonly FuzzTarget Dns = new("dns", "dns", RunDns);

    public static readonly FuzzTarget Stun = new("stun", "stun", RunStun, Attributes);

    // Compression lets a record of twelve bytes name the longest name there is; how many there can be is limited.
    private static void RunDns(byte[] input, RandomSource random)
    {
        var isAnswer = DnsMessage.TryParse(input, out var message);
        FuzzFinding.Require(isAnswer == (message is not null), "an answer or none");
        foreach (var record in message?.Records ?? [])
        {
            FuzzFinding.Require(record.TimeToLive >= TimeSpan.Zero, "time does not run backwards");
            FuzzFinding.Require(record is not DnsRecord.Service { Port: > ushort.MaxValue }, "a port is a port");
        }

        if (message is not null && DnsMessage.TryCreateQuery(message.Id, message.Question, DnsRecordType.Srv, out var query))
        {
            FuzzFinding.Require(query.Length <= DnsMessage.MaxDatagramBytes && !DnsMessage.TryParse(query, out _), "a question fits a datagram and is no answer");
        }
    }

    private static void RunStun(byte[] input, RandomSource random)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        if (!StunMessage.TryParse(input, out var message))
        {
            return;
        }

        var address = message.MappedAddress;
        _ = (message.Find(StunAttributeType.Software), message.HasValidFingerprint(), message.TransactionId);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        FuzzFinding.Require(allocated <= 4096 + (20L * input.Length), $"allocates at most 4 kB and 20 times the size, not {allocated} for {input.Length}");
        if (address is not null)
        {
            FuzzFinding.Require(
                StunMessage.TryParse(StunMessage.CreateBindingSuccess(message, address), out var answer) && address.Equals(answer.MappedAddress), $"{address} survives");
        }
    }

    // Attributes of every kind in a message whose length fits, so that they are looked at.
    private static byte[] Attributes(RandomSource random)
    {
        var attributes = new List<byte>();
        for (var count = random.Next(MaxAttributes); count > 0; count--)
        {
            var type = random.Next(2) == 0 ? random.Next(0x40) : 0x8020 + random.Next(0x20);
            var value = new byte[random.Next(MaxValueBytes)];
            random.Fill(value);
            var length = random.Next(8) == 0 ? random.Next(ushort.MaxValue) : value.Length;
            attributes.AddRange([(byte)(type >> 8), (byte)type, (byte)(length >> 8), (byte)length, .. value]);
            attributes.AddRange(new byte[(4 - (value.Length % 4)) % 4]);
        }

        var header = StunMessage.CreateBindingRequest(random);
        (header[2], header[3]) = ((byte)(attributes.Count >> 8), (byte)attributes.Count);
        return [.. header, .. attributes];
    }
}
