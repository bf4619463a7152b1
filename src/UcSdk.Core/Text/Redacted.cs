namespace UcSdk.Core;

/// <summary>Wraps user data (addresses, names, bodies, keys) so that logs and messages show it only when the options allow it.</summary>
internal readonly record struct Redacted<T>(T Value, bool Show)
{
    public override string ToString() => Show ? Value?.ToString() ?? "" : "[redacted]";
}
