using System.Security.Cryptography;

namespace UcSdk.Sip;

/// <summary>
/// RC4 (RFC 6229 has its vectors), which the framework does not have. NTLM wraps a session key in it and covers eight bytes of every signature;
/// the strength of those signatures is that of the HMAC below.
/// </summary>
internal static class Rc4
{
    /// <summary>Adds the keystream, from its beginning, to the data; twice gives the data back.</summary>
    /// <param name="key">1–256 bytes.</param>
    /// <param name="data">Changed in place.</param>
    public static void Apply(ReadOnlySpan<byte> key, Span<byte> data)
    {
        Span<byte> state = stackalloc byte[256];
        for (var at = 0; at < state.Length; at++)
        {
            state[at] = (byte)at;
        }

        byte j = 0;
        for (var at = 0; at < state.Length; at++)
        {
            j += (byte)(state[at] + key[at % key.Length]);
            (state[at], state[j]) = (state[j], state[at]);
        }

        byte i = 0;
        j = 0;
        for (var at = 0; at < data.Length; at++)
        {
            j += state[++i];
            (state[i], state[j]) = (state[j], state[i]);
            data[at] ^= state[(byte)(state[i] + state[j])];
        }

        CryptographicOperations.ZeroMemory(state);
    }
}
