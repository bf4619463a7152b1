using System.Buffers;
using System.Text;
using UcSdk.Shared;

namespace UcSdk.Sip.Tests;

/// <summary>Signatures, against those that were captured.</summary>
[Collection(nameof(Alone))]
public sealed class NtlmSignatureTests : IDisposable
{
    private const NtlmFlags Flags = (NtlmFlags)0x62988255;

    private readonly NtlmSignature _client = new(Flags, NtlmVectors.Hex(NtlmVectors.CapturedSessionKey), NtlmDirection.ClientToServer);
    private readonly NtlmSignature _server = new(Flags, NtlmVectors.Hex(NtlmVectors.CapturedSessionKey), NtlmDirection.ServerToClient);

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    [Fact]
    public void Both_directions_sign_as_the_captured_client_and_server_did()
    {
        Assert.Equal(NtlmVectors.CapturedRequestSignature, Sign(_client, NtlmVectors.CapturedRequest));
        Assert.Equal(NtlmVectors.CapturedResponseSignature, Sign(_server, NtlmVectors.CapturedResponse));

        // Again, and in another order: the number does not count.
        Assert.Equal(NtlmVectors.CapturedRequestSignature, Sign(_client, NtlmVectors.CapturedRequest));
        Assert.True(Verify(_server, NtlmVectors.CapturedResponse, NtlmVectors.CapturedResponseSignature));
        Assert.True(Verify(_client, NtlmVectors.CapturedRequest, NtlmVectors.CapturedRequestSignature));
    }

    [Fact]
    public void Any_changed_bit_of_a_signature_is_seen()
    {
        for (var bit = 0; bit < 128; bit++)
        {
            var signature = NtlmVectors.Hex(NtlmVectors.CapturedRequestSignature);
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(_client.Verify(Encoding.UTF8.GetBytes(NtlmVectors.CapturedRequest), signature), $"bit {bit}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("01")]
    [InlineData("0100000029618E9651B65A77640000")]
    [InlineData("0100000029618E9651B65A776400000000")]
    public void A_signature_of_another_length_is_none(string signature) => Assert.False(Verify(_client, NtlmVectors.CapturedRequest, signature));

    [Fact]
    public void One_direction_does_not_sign_for_the_other()
    {
        Assert.False(Verify(_server, NtlmVectors.CapturedRequest, NtlmVectors.CapturedRequestSignature));
        Assert.False(Verify(_client, NtlmVectors.CapturedResponse, NtlmVectors.CapturedResponseSignature));
    }

    [Fact]
    public void Signing_and_verifying_allocate_nothing()
    {
        var text = Encoding.UTF8.GetBytes(NtlmVectors.CapturedRequest);
        var signature = new byte[NtlmSignature.Bytes];
        _client.Sign(text, signature);
        Assert.True(_client.Verify(text, signature));
        Assert.Equal(0, Allocated.Least(() =>
        {
            _client.Sign(text, signature);
            _ = _client.Verify(text, signature);
        }));
    }

    [Fact]
    public void A_session_signs_one_way_and_verifies_the_other_and_allocates_nothing()
    {
        using var client = new NtlmSession(Flags, NtlmVectors.Hex(NtlmVectors.CapturedSessionKey), NtlmDirection.ClientToServer);
        using var server = new NtlmSession(Flags, NtlmVectors.Hex(NtlmVectors.CapturedSessionKey), NtlmDirection.ServerToClient);
        var text = Encoding.UTF8.GetBytes(NtlmVectors.CapturedRequest);
        var signature = new ArrayBufferWriter<byte>(64);
        client.Sign(text, signature);
        Assert.True(server.Verify(text, signature.WrittenSpan));
        Assert.False(client.Verify(text, signature.WrittenSpan));
        Assert.Equal(0, Allocated.Least(() =>
        {
            signature.ResetWrittenCount();
            client.Sign(text, signature);
            _ = server.Verify(text, signature.WrittenSpan);
        }));
    }

    private static string Sign(NtlmSignature signer, string text)
    {
        var signature = new byte[NtlmSignature.Bytes];
        signer.Sign(Encoding.UTF8.GetBytes(text), signature);
        return Convert.ToHexString(signature);
    }

    private static bool Verify(NtlmSignature signer, string text, string signature) => signer.Verify(Encoding.UTF8.GetBytes(text), NtlmVectors.Hex(signature));
}
