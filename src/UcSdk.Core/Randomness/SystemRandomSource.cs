using System.Security.Cryptography;

namespace UcSdk.Core;

/// <summary>Cryptographic randomness of the platform; the only source outside tests.</summary>
internal sealed class SystemRandomSource : RandomSource
{
    public static readonly SystemRandomSource Instance = new();

    private SystemRandomSource()
    {
    }

#pragma warning disable RS0030 // The one place that may use the platform's generator (docs/decisions/0002).
    public override void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
#pragma warning restore RS0030
}
