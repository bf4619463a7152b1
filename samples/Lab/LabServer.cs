using UcSdk.Server;
using UcSdk.Sip;

namespace Lab;

/// <summary>Runs the embedded server until it is told to stop.</summary>
internal static class LabServer
{
    private const int CouldNotListen = 1;

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
        await using var server = new UcServer(new UcServerOptions
        {
            Domain = options.Domain,
            Listen = options.Listen,
            Certificate = certificate?.Certificate,
            Users = [.. options.Users.Select(user => user.ToServerUser())],
            Authentication = new() { Schemes = options.Auth },
            DigestAlgorithms = options.Digest,
            Trace = Trace(options),
        });
        try
        {
            await server.StartAsync(cancellationToken);
        }
        catch (IOException failure)
        {
            await Console.Error.WriteLineAsync("Lab: " + failure.Message);
            return CouldNotListen;
        }

        foreach (var address in server.ListenAddresses)
        {
            Console.WriteLine($"Listening on {address}");
        }

        Console.WriteLine($"Users: {string.Join(", ", options.Users.Select(user => server.AddressOf(user.Name) + (user.Password is null ? "" : " (password)")))}");
        Console.WriteLine("Ctrl+C ends.");
        var stopped = new TaskCompletionSource();
        await using var stop = cancellationToken.Register(stopped.SetResult);
        await stopped.Task;
        return 0;
    }

    private static ISipTraceSink? Trace(LabOptions options)
    {
        var text = options.Trace ? new TextTrace(Console.Out) { ShowBodies = true } : null;
        return options.Seeing is { } seeing ? seeing.With(text) : text;
    }
}
