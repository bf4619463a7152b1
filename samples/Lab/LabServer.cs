using UcSdk.Server;
using UcSdk.Server.Web;
using UcSdk.Sip;
using UcSdk.Storage.Sqlite;

namespace Lab;

/// <summary>Runs the embedded server until it is told to stop.</summary>
internal static class LabServer
{
    private const int CouldNotListen = 1;

    private static readonly TimeSpan ShortestRegistration = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(LabOptions options, CancellationToken cancellationToken)
    {
        LabCertificate? certificate;
        try
        {
            certificate = await LabCertificate.CreateAsync(options, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync("Lab: " + failure.Message);
            return CouldNotListen;
        }

        using (certificate)
        {
            return await ServeAsync(options, certificate, cancellationToken);
        }
    }

    private static async Task<int> ServeAsync(LabOptions options, LabCertificate? certificate, CancellationToken cancellationToken)
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        var control = options.Control ? new LabControl(input, Console.Out) : null;
        await using var store = options.Store is { } file ? new SqliteServerStore(file) : null;
        var (listen, web) = (options.Listen, options.Web);
        var end = LabControlEnd.Restart;
        for (var round = 0; end == LabControlEnd.Restart; round++)
        {
            await using var server = new UcServer(OptionsOf(options, listen, certificate, store));
            await using var services = web is null ? null : new UcWebServer(server, new() { Listen = web, Certificate = certificate?.Certificate });
            try
            {
                await server.StartAsync(cancellationToken);
                if (services is not null)
                {
                    await services.StartAsync(cancellationToken);
                }
            }
            catch (IOException failure)
            {
                await Console.Error.WriteLineAsync("Lab: " + failure.Message);
                return CouldNotListen;
            }

            if (round == 0)
            {
                Introduce(options, server, services);
                web = services?.BaseUrl;
                listen = Taken(options.Listen, server.ListenAddresses);
            }
            else
            {
                control?.Answer("restart");
            }

            end = await ServeAsync(server, control, cancellationToken);
        }

        return 0;
    }

    private static async Task<LabControlEnd> ServeAsync(UcServer server, LabControl? control, CancellationToken cancellationToken)
    {
        try
        {
            if (control is not null && await control.RunAsync(server, cancellationToken) is var end and not LabControlEnd.EndOfInput)
            {
                return end;
            }
        }
        catch (OperationCanceledException)
        {
            return LabControlEnd.Stop;
        }

        var stopped = new TaskCompletionSource();
        await using var stop = cancellationToken.Register(stopped.SetResult);
        await stopped.Task;
        return LabControlEnd.Stop;
    }

    // A server that starts again listens where it did, also where any port was asked for. Beside each UDP port it takes the TCP port by itself.
    private static IReadOnlyList<SipTransportAddress> Taken(IReadOnlyList<SipTransportAddress> asked, IReadOnlyList<SipTransportAddress> taken)
    {
        var left = taken.Where(address => address.Transport != "TCP" || !taken.Any(other => other.Transport == "UDP" && other.Port == address.Port)).ToList();
        return [.. asked.Select(address =>
        {
            var found = left.Find(other => other.Transport == address.Transport && (address.Port == 0 || address.Port == other.Port)) ?? address;
            left.Remove(found);
            return found;
        })];
    }

    private static UcServerOptions OptionsOf(LabOptions options, IReadOnlyList<SipTransportAddress> listen, LabCertificate? certificate, IServerStore? store) =>
        new()
        {
            Domain = options.Domain,
            Listen = listen,
            Certificate = certificate?.Certificate,
            Users = [.. options.Users.Select(user => user.ToServerUser())],
            DistributionGroups = [.. options.Groups.Select(group => group.ToGroup(options.Domain, options.Groups))],
            Authentication = new() { Schemes = options.Auth },
            DigestAlgorithms = options.Digest,
            RegistrationExpires = options.RegistrationExpires,
            MinimumRegistrationExpires = options.RegistrationExpires < ShortestRegistration ? options.RegistrationExpires : ShortestRegistration,
            Store = store,
            Trace = Trace(options),
        };

    private static void Introduce(LabOptions options, UcServer server, UcWebServer? services)
    {
        foreach (var address in server.ListenAddresses)
        {
            Console.WriteLine($"Listening on {address}");
        }

        if (services is not null)
        {
            Console.WriteLine($"Web services at {services.BaseUrl}");
        }

        Console.WriteLine($"Users: {string.Join(", ", options.Users.Select(user => server.AddressOf(user.Name) + (user.Password is null ? "" : " (password)")))}");
        Console.WriteLine("Ctrl+C ends.");
    }

    private static ISipTraceSink? Trace(LabOptions options)
    {
        var text = options.Trace ? new TextTrace(Console.Out) { ShowBodies = true } : null;
        return options.Seeing is { } seeing ? seeing.With(text) : text;
    }
}
