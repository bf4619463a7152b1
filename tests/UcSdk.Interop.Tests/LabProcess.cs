using System.Globalization;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>The Lab as a process of its own, listening.</summary>
internal sealed class LabProcess : IAsyncDisposable
{
    /// <summary>What it prints with <c>--control</c> when a user has withdrawn her registration.</summary>
    public const string Unregistered = "{\"event\":\"Unregistered\"";

    private readonly PeerProcess _process;

    private LabProcess(PeerProcess process, SipTransportAddress address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Where it listens first.</summary>
    public SipTransportAddress Address { get; }

    /// <summary>That address as <c>host:port</c>.</summary>
    public string HostAndPort => string.Create(CultureInfo.InvariantCulture, $"{Address.Host}:{Address.Port}");

    public string Output => _process.Output;

    public string Errors => _process.Errors;

    /// <summary>Starts it on a free port; <paramref name="transport"/> is <c>tcp</c>, <c>tls</c> or <c>udp</c>.</summary>
    public static Task<LabProcess> StartAsync(string transport, CancellationToken cancellationToken, params string[] options) =>
        StartAsync(new SipTransportAddress(transport.ToUpperInvariant(), "127.0.0.1", 0), cancellationToken, options);

    /// <summary>Starts it there.</summary>
    public static async Task<LabProcess> StartAsync(SipTransportAddress listen, CancellationToken cancellationToken, params string[] options)
    {
        var process = PeerProcess.Start("dotnet", [Sample.Assembly("Lab"), "--listen", listen.ToString(), .. options]);
        await process.WaitForTextAsync("Ctrl+C ends.", cancellationToken);
        const string Listening = "Listening on ";
        var line = process.Output.Split('\n').First(line => line.StartsWith(Listening, StringComparison.Ordinal));
        Assert.True(SipTransportAddress.TryParse(line[Listening.Length..].Trim(), out var address), line);
        return new(process, address);
    }

    public Task WaitForTextAsync(string text, int times, CancellationToken cancellationToken) => _process.WaitForTextAsync(text, times, cancellationToken);

    /// <summary>Gives it a command, which it takes with <c>--control</c>.</summary>
    public Task CommandAsync(string command, CancellationToken cancellationToken) => _process.SayAsync(command, cancellationToken);

    /// <summary>Ends it in order, and gives its exit code.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        await _process.InterruptAsync(cancellationToken);
        return await _process.WaitForExitAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
