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

    private readonly byte[] _message = PadTo(MessageBytes);
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
    private readonly SecurityAssociation _clientAssociation;
    private readonly SecurityAssociation _serverAssociation;
    private readonly SipMessage _invite;

    public SignatureBenchmarks()
    {
        var random = new SeededRandomSource(1);
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        _client = new(new("alice", _password), random, () => now);
        _server = new(NtlmServerNames.Of("fe.contoso.test"), new Users(), random, () => now);
        _server.Advance(_client.Advance(_server.Advance(_client.Advance(default).Token).Token).Token);
        var terms = new AssociationTerms(ChallengeKind.UserAgent, "NTLM", "SIP Communications Service", "fe.contoso.test", AssociationTerms.LastVersion);
        _clientAssociation = new(AssociationRole.Client, terms, _client, random, "1B6D47A1");
        _serverAssociation = new(AssociationRole.Server, terms, _server, random, "1B6D47A1");
        _invite = SipMessage.TryParse(_message, SipLimits.Default, out var message, out var error) && message is not null
            ? message
            : throw new InvalidOperationException($"The sample cannot be read: {error}.");
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _clientAssociation.Dispose();
        _serverAssociation.Dispose();
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

    [Benchmark(Description = "sign and verify a 1.2 kB message by its association")]
    public bool ProtectAndCheck()
    {
        // As it is before it is signed.
        _invite.Headers.Remove(HeaderName.Authorization);
        _clientAssociation.Protect(_invite);
        return _serverAssociation.Check(_invite) == AssociationOutcome.Accepted ? true : throw new InvalidOperationException("The signature is not accepted.");
    }

    private static byte[] PadTo(int length)
    {
        var invite = SampleInvite.Bytes;
        var firstLine = invite.AsSpan().IndexOf("\r\n"u8) + 2;
        byte[] frame = [.. "Subject: \r\n"u8];
        var padding = new byte[length - invite.Length - frame.Length];
        Array.Fill(padding, (byte)'s');
        return [.. invite[..firstLine], .. frame[..^2], .. padding, .. frame[^2..], .. invite[firstLine..]];
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
