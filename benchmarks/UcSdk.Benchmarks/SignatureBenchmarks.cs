using System.Buffers;
using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Benchmarks;

/// <summary>Signing and verifying one message by NTLM, both ends, beside one HMAC-MD5 of the bytes of the whole message; all keys are there before.</summary>
[MemoryDiagnoser]
public class SignatureBenchmarks : IDisposable
{
    private const int MessageBytes = 1200;

    private readonly byte[] _message = new byte[MessageBytes];
    private readonly byte[] _code = new byte[16];
    private readonly IncrementalHash _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.MD5, new byte[16]);
    private readonly SipPassword _password = new("wonderland");
    private readonly ArrayBufferWriter<byte> _signature = new(64);

    // What is signed in place of an INVITE ([MS-SIPAE] version 4).
    private readonly byte[] _text =
    [
        .. "<NTLM><1B6D47A1><11><SIP Communications Service><fe.contoso.test><3848276298220188511a3b9c><314159><INVITE>"u8,
        .. "<sip:alice@contoso.test><9fxced76sl><sip:bob@contoso.test><><sip:alice@contoso.test><tel:+15550100><>"u8,
    ];

    private readonly NtlmClientContext _client;
    private readonly NtlmServerContext _server;

    public SignatureBenchmarks()
    {
        var random = new SeededRandomSource(1);
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        _client = new(new("alice", _password), random, () => now);
        _server = new(NtlmServerNames.Of("fe.contoso.test"), new Users(), random, () => now);
        _server.Advance(_client.Advance(_server.Advance(_client.Advance(default).Token).Token).Token);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        _hmac.Dispose();
        _password.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true, Description = "one HMAC-MD5 of a 1.2 kB message")]
    public int BareHash()
    {
        _hmac.AppendData(_message);
        return _hmac.GetHashAndReset(_code);
    }

    [Benchmark(Description = "sign and verify the text of a message by NTLM")]
    public bool SignAndVerify()
    {
        _signature.ResetWrittenCount();
        _client.Sign(_text, _signature);
        return _server.Verify(_text, _signature.WrittenSpan);
    }

    private sealed class Users : INtlmUserStore
    {
        public bool TryGetPasswordHash(string userName, string domain, Span<byte> hash)
        {
            NtlmMath.HashPassword("wonderland"u8, hash);
            return true;
        }
    }
}
