using System.Buffers;
using BenchmarkDotNet.Attributes;
using UcSdk.Sip;

namespace UcSdk.Benchmarks;

/// <summary>Reading and writing one INVITE beside one vectorised scan of the same bytes for line ends.</summary>
[MemoryDiagnoser]
public class SipMessageBenchmarks
{
    private readonly byte[] _bytes = SampleInvite.Bytes;
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private SipMessage _message = null!;

    [GlobalSetup]
    public void Setup()
    {
        if (!SipMessage.TryParse(_bytes, SipLimits.Default, out var message, out var error))
        {
            throw new InvalidOperationException(error.ToString());
        }

        _message = message!;
    }

    [Benchmark(Baseline = true, Description = "CRLF scan")]
    public int CrlfScan()
    {
        var lines = 0;
        var rest = _bytes.AsSpan();
        while (rest.IndexOf("\r\n"u8) is var at and >= 0)
        {
            lines++;
            rest = rest[(at + 2)..];
        }

        return lines;
    }

    [Benchmark(Description = "parse, seven headers read as values")]
    public int Parse()
    {
        SipMessage.TryParse(_bytes, SipLimits.Default, out var message, out _);
        var read = message!;
        return read.TopVia!.Host.Length + read.From!.Tag!.Length + read.To!.Uri.Host.Length + read.CallId!.Length
            + (int)read.CSeq!.Number + read.Contact!.Uri.Host.Length + read.Body.Length;
    }

    [Benchmark(Description = "write into a pooled buffer")]
    public int Write()
    {
        _buffer.ResetWrittenCount();
        SipWriter.Write(_message, _buffer);
        return _buffer.WrittenCount;
    }
}
