using System.Globalization;

namespace UcSdk.Simulation.Tests;

/// <summary>One thing that happens in the hour.</summary>
/// <param name="At">When, from its beginning.</param>
/// <param name="Kind">What.</param>
/// <param name="Client">To whom; 0 where it is the server.</param>
/// <param name="Lasts">For how long.</param>
internal readonly record struct SignInFault(TimeSpan At, SignInFaultKind Kind, int Client, TimeSpan Lasts)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At:c} {Kind} {(IsOfServer ? "" : $"u{Client} ")}{Lasts.TotalSeconds:0} s");

    private bool IsOfServer => Kind >= SignInFaultKind.CutServer;
}
