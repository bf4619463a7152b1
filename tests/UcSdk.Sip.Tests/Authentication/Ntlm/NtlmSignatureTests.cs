using System.Buffers;
using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>The signatures of both forms, against those that were captured.</summary>
[Collection(nameof(Alone))]
public sealed class NtlmSignatureTests : IDisposable
{
    private const NtlmFlags Flags = (NtlmFlags)0x62988255;

    // A server of 2005, [MS-SIPAE] version 2, and a client without extended session security.
    private const string OldKey = "5F029153BC025058969548615E7099BA";
    private const string OldText =
        "<NTLM><0878F41B><1><SIP Communications Service><ocs1.ocs.provo.novell.com><8592g5DCBa1694i5887m0D0Bt2247b3F38xAE9Fx><3><REGISTER>"
        + "<sip:gabriel@ocs.provo.novell.com><2947328781><B816D65C2300A32CFA6D371F2AF537FD><900><200>";

    private readonly NtlmSignature _client = NtlmSignature.Create(Flags, NtlmVectors.Hex(NtlmVectors.CapturedSessionKey), NtlmDirection.ClientToServer);
    private readonly NtlmSignature _server = NtlmSignature.Create(Flags, NtlmVectors.Hex(NtlmVectors.CapturedSessionKey), NtlmDirection.ServerToClient);
    private readonly NtlmSignature _old = NtlmSignature.Create(Flags & ~NtlmFlags.ExtendedSessionSecurity, NtlmVectors.Hex(OldKey), NtlmDirection.ServerToClient);

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        _old.Dispose();
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
    public void The_old_form_is_signed_as_the_captured_server_did()
    {
        Assert.Equal("0100000000000000BF2E52667DDF6DED", Sign(_old, OldText));
        Assert.True(Verify(_old, OldText, "0100000000000000BF2E52667DDF6DED"));
    }

    [Fact]
    public void The_pad_of_the_old_form_is_anything()
    {
        Assert.True(Verify(_old, OldText, "01000000DEADBEEFBF2E52667DDF6DED"));
        Assert.False(Verify(_old, OldText, "01000000DEADBEEFBF2E52667DDF6DEC"));
        Assert.False(Verify(_old, OldText + "x", "0100000000000000BF2E52667DDF6DED"));
        Assert.False(Verify(_old, OldText, "0100000000000000BF2E52667DDF6DED00"));
        Assert.False(Verify(_old, OldText, "BF2E52667DDF6DED"));
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
        foreach (var form in (NtlmSignature[])[_client, _old])
        {
            form.Sign(text, signature);
            Assert.True(form.Verify(text, signature));
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var n = 0; n < 1000; n++)
            {
                form.Sign(text, signature);
                _ = form.Verify(text, signature);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
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
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < 1000; n++)
        {
            signature.ResetWrittenCount();
            client.Sign(text, signature);
            _ = server.Verify(text, signature.WrittenSpan);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string Sign(NtlmSignature signer, string text)
    {
        var signature = new byte[NtlmSignature.Bytes];
        signer.Sign(Encoding.UTF8.GetBytes(text), signature);
        return Convert.ToHexString(signature);
    }

    private static bool Verify(NtlmSignature signer, string text, string signature) => signer.Verify(Encoding.UTF8.GetBytes(text), NtlmVectors.Hex(signature));
}
