using System.Globalization;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Benchmarks;

/// <summary>
/// How many network round trips a sign-in takes from nothing to SignedIn, connection and provisioning included, in each scheme: by the clock, over a network whose
/// every message takes half a second. Kerberos says as many messages to the server as Digest does, one REGISTER that is challenged and one that brings the
/// ticket (counted by the interoperability tests, with a KDC), and asks its KDC beside that.
/// </summary>
internal static class SignInRoundTrips
{
    private static readonly TimeSpan OneWay = TimeSpan.FromMilliseconds(500);

    public static IEnumerable<string> Measure()
    {
        yield return Measure("nobody is asked", null);
        yield return Measure("Digest", SipAuthenticationScheme.Digest);
        yield return Measure("NTLM", SipAuthenticationScheme.Ntlm);
    }

    private static string Measure(string what, SipAuthenticationScheme? scheme)
    {
        using var password = scheme is null ? null : new SipPassword("wonderland");
        var scheduler = new SimulationScheduler();
        var house = new SimulatedHouse(scheduler, 1, OneWay, password, scheme is { } offered ? [offered] : null);
        return scheduler.Run(async () =>
        {
            await house.StartAsync();
            var start = scheduler.Clock.Now;
            await house.SignInAsync(0);
            var taken = scheduler.Clock.Now - start;
            await house.DisposeAsync();
            return string.Create(CultureInfo.InvariantCulture, $"| sign-in, {what}, from no connection to signed in | {taken / (2 * OneWay):F2} round trips | – | – |");
        });
    }
}
