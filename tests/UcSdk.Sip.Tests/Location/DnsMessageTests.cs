using System.Text;
using UcSdk.Core;

namespace UcSdk.Sip.Tests;

public sealed class DnsMessageTests
{
    // RFC 1035 §4.1.4: F.ISI.ARPA at 20, FOO.F.ISI.ARPA at 40, ARPA at 64, the root at 92, here as the targets of four aliases in one answer.
    [Fact]
    public void Compressed_names_are_those_of_the_example()
    {
        var message = Read(
            "0001 8180 0001 0004 0000 0000" +
            " 01 46 03 495349 04 41525041 00 0005 0001" + // the question at 12: F.ISI.ARPA
            " c00c 0005 0001 00000e10 0006 03 464f4f c00c" + // FOO and a pointer to the whole
            " c00c 0005 0001 00000e10 0002 c012" + // a pointer into it: ARPA
            " c00c 0005 0001 00000e10 0001 00" + // the root
            " c00c 0005 0001 00000e10 0002 c00c");
        Assert.Equal("F.ISI.ARPA", message.Question);
        Assert.Equal(["FOO.F.ISI.ARPA", "ARPA", "", "F.ISI.ARPA"], message.Records.OfType<DnsRecord.Alias>().Select(record => record.Target));
        Assert.All(message.Records, record => Assert.Equal(TimeSpan.FromHours(1), record.TimeToLive));
    }

    [Fact]
    public void Services_and_naming_authorities_are_read()
    {
        var message = Read(
            "1234 8580 0001 0002 0000 0000 01 61 00 0023 0001" +
            " c00c 0021 0001 00000001 0009 0001 0002 13c4 01 62 00" +
            " c00c 0023 0001 00000002 0010 0032 0033 01 73 07 5349502b443254 00 00");
        Assert.Equal(new DnsRecord.Service("a", TimeSpan.FromSeconds(1), 1, 2, 5060, "b"), message.Records[0]);
        var naptr = Assert.IsType<DnsRecord.NamingAuthority>(message.Records[1]);
        Assert.Equal((50, 51, "s", "SIP+D2T", ""), (naptr.Order, naptr.Preference, naptr.Flags, naptr.ServiceName, naptr.Replacement));
    }

    [Theory]
    [InlineData("0001 8180 0001 0001 0000 0000 c00c 0001 0001")] // a question that points at itself
    [InlineData("0001 8180 0001 0001 0000 0000 c00e c00c 0001 0001")] // two that point at each other
    [InlineData("0001 0180 0001 0000 0000 0000 01 61 00 0001 0001")] // a question, not an answer
    [InlineData("0001 8180 0002 0000 0000 0000 01 61 00 0001 0001 01 61 00 0001 0001")] // two questions
    [InlineData("0001 8180 0001 0000 0000 0000 05 61 00 0001 0001")] // a label longer than the message
    [InlineData("0001 8180 0001 0000 0000 0000 80 61 00 0001 0001")] // a kind of label that is none
    [InlineData("0001 8180")]
    [InlineData("")]
    public void What_is_no_answer_is_refused(string hex) => Assert.False(DnsMessage.TryParse(Bytes(hex), out _));

    [Fact]
    public void What_is_cut_short_or_unknown_is_passed_over()
    {
        var message = Read(
            "0001 8180 0001 0004 0000 0000 01 61 00 0001 0001" +
            " c00c 0001 0001 00000001 0003 010203" + // three bytes are no address
            " c00c 0010 0001 00000001 0002 0161" + // TXT
            " c00c 0001 0001 80000001 0004 c0000201" + // a time beyond all: zero
            " c00c 0001 0001 00000001 0004 c000");
        Assert.Equal(new DnsRecord.Address("a", TimeSpan.Zero, new System.Net.IPAddress([192, 0, 2, 1])), Assert.Single(message.Records));
    }

    [Fact]
    public void A_question_says_who_may_answer_at_what_length()
    {
        Assert.True(DnsMessage.TryCreateQuery(0xBEEF, "_sip._udp.Example.com.", DnsRecordType.Srv, out var query));
        Assert.Equal(
            "BEEF01000001000000000001045F736970045F756470074578616D706C6503636F6D0000210001" + "00002904D0000000000000",
            Convert.ToHexString(query));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("münchen.example")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123.test")]
    public void What_is_no_name_is_not_asked_for(string name) => Assert.False(DnsMessage.TryCreateQuery(1, name, DnsRecordType.A, out _));

    [Fact]
    public void The_longest_name_is_asked_for_and_one_longer_is_not()
    {
        var longest = string.Join('.', Enumerable.Repeat(new string('x', 49), 5)) + ".xx";
        Assert.True(DnsMessage.TryCreateQuery(1, longest + "x", DnsRecordType.A, out _));
        Assert.Equal(253, longest.Length + 1);
        Assert.False(DnsMessage.TryCreateQuery(1, longest + "xx", DnsRecordType.A, out _));
    }

    [Fact]
    public void Any_bytes_at_all_are_read_or_refused()
    {
        var random = new SeededRandomSource(1035);
        var seed = Bytes("0001 8180 0001 0002 0000 0000 01 46 03 495349 04 41525041 00 0005 0001 c00c 0005 0001 00000e10 0006 03 464f4f c00c c00c 0021 0001 00000001 0009 0001 0002 13c4 01 62 00");
        for (var run = 0; run < 20_000; run++)
        {
            var bytes = seed.ToArray();
            for (var changes = 1 + random.Next(6); changes > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var isRead = DnsMessage.TryParse(bytes.AsSpan(0, random.Next(bytes.Length + 1)), out var message);
            Assert.Equal(isRead, message is not null);
        }
    }

    private static DnsMessage Read(string hex)
    {
        Assert.True(DnsMessage.TryParse(Bytes(hex), out var message));
        return message;
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(new StringBuilder(hex).Replace(" ", "").ToString());
}
