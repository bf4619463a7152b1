using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using UcSdk.Media;

namespace UcSdk.Benchmarks;

/// <summary>Protecting one RTP packet of 20 ms PCMU beside the ciphers alone over as many bytes.</summary>
[MemoryDiagnoser]
public class SrtpBenchmarks : IDisposable
{
    private const int PayloadLength = 160;

    private readonly Aes _aes = Aes.Create();
    private readonly ICryptoTransform _encryptor;
    private readonly IncrementalHash _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, new byte[20]);
    private readonly SrtpSender _sender = new(InlineKey.Create(Enumerable.Range(0, InlineKey.KeyAndSaltLength).Select(i => (byte)i).ToArray(), "2^31"));
    private readonly byte[] _counters = new byte[PayloadLength];
    private readonly byte[] _keystream = new byte[PayloadLength];
    private readonly byte[] _tag = new byte[20];
    private readonly byte[] _packet = new byte[RtpHeader.Length + PayloadLength + SrtpSender.MaxOverhead];
    private ushort _sequence;

    public SrtpBenchmarks()
    {
        _aes.Mode = CipherMode.ECB;
        _aes.Padding = PaddingMode.None;
        _encryptor = _aes.CreateEncryptor();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _encryptor.Dispose();
        _aes.Dispose();
        _hmac.Dispose();
        _sender.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true, Description = "bare AES-128 and HMAC-SHA1 of a 172-byte packet")]
    public int BareCiphers()
    {
        _encryptor.TransformBlock(_counters, 0, PayloadLength, _keystream, 0);
        _hmac.AppendData(_packet.AsSpan(0, RtpHeader.Length + PayloadLength + 4));
        return _hmac.GetHashAndReset(_tag);
    }

    [Benchmark(Description = "protect it by SRTP")]
    public int Protect()
    {
        var header = new RtpHeader(false, 0, _sequence++, 0, 0x1234);
        header.Write(_packet);
        return _sender.ProtectRtp(_packet, RtpHeader.Length + PayloadLength, header, RtpHeader.Length);
    }
}
