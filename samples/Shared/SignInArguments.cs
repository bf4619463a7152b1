using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using UcSdk;
using UcSdk.Sip;

namespace Samples;

/// <summary>
/// The options of every sample that signs in: who, with which password, where, whom TLS trusts, and whether people or programs read the output. <c>--capture</c> and
/// <c>--ladder</c> are those of all samples (<see cref="Seeing"/>).
/// </summary>
internal sealed class SignInArguments
{
    /// <summary>The environment variable with the password, which keeps it out of the list of processes.</summary>
    public const string PasswordVariable = "UCSDK_PASSWORD";

    private readonly RootCommand _command;
    private readonly Func<string, string?> _environment;

    private readonly Option<string> _uri = new("--uri") { Description = "who signs in", HelpName = "sip:USER@DOMAIN", Required = true };

    private readonly Option<string?> _password = new("--password")
    {
        Description = $"the password (default: that of the environment variable {PasswordVariable}, which others cannot see)",
        HelpName = "PASSWORD",
    };

    private readonly Option<string?> _userName = new("--user-name") { Description = "the name that goes with the password, where it is not the user of the address", HelpName = "[DOMAIN\\]NAME" };

    private readonly Option<string?> _server = new("--server") { Description = "the server (default: the one that the domain names)", HelpName = "tcp|tls|udp://HOST:PORT" };

    private readonly Option<string?> _trust = new("--trust") { Description = "the authorities to trust in place of the system's", HelpName = "FILE.pem" };

    private readonly Option<bool> _json = new("--json") { Description = "print JSON, one object a line, and nothing else" };

    /// <summary>The options, added to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="environment">Reads environment variables; null for those of the process.</param>
    public SignInArguments(RootCommand command, Func<string, string?>? environment = null)
    {
        _command = command;
        _environment = environment ?? Environment.GetEnvironmentVariable;
        _uri.Validators.Add(static result => ForEach(result, RequireUser));
        _password.Validators.Add(static result => ForEach(result, RequirePassword));
        _server.Validators.Add(static result => ForEach(result, RequireServer));
        _trust.Validators.Add(static result => ForEach(result, RequireAuthorities));
        foreach (var option in new Option[] { _uri, _password, _userName, _server, _trust, _json })
        {
            command.Add(option);
        }
    }

    /// <summary>Runs the sample as <see cref="SampleCommand"/> does; what server and network do to it is told by the exception's message.</summary>
    public Task<int> RunAsync(
        string sample, string[] args, Func<ParseResult, SignInRequest, Seeing, CancellationToken, Task<int>> run, TextWriter? error = null) =>
        SampleCommand.RunAsync(
            _command,
            sample,
            args,
            async (parsed, seeing, cancellationToken) =>
            {
                using var request = Read(parsed);
                try
                {
                    return await run(parsed, request, seeing, cancellationToken);
                }
                catch (LyncClientException failure)
                {
                    throw new SampleFailedException(failure.Message, failure);
                }
            },
            error);

    private SignInRequest Read(ParseResult parsed)
    {
        var password = parsed.GetValue(_password) ?? _environment(PasswordVariable);
        return new()
        {
            Uri = parsed.GetValue(_uri)!,
            Password = string.IsNullOrEmpty(password) ? null : new SipPassword(password),
            UserName = parsed.GetValue(_userName),
            Server = SipTransportAddress.TryParse(parsed.GetValue(_server), out var server) ? server : null,
            Authorities = parsed.GetValue(_trust) is { } file ? LoadAuthorities(file) : null,
            Json = parsed.GetValue(_json),
        };
    }

    private static void ForEach(OptionResult result, Action<OptionResult, string> require)
    {
        foreach (var token in result.Tokens)
        {
            require(result, token.Value);
        }
    }

    private static void RequireUser(OptionResult result, string text)
    {
        if (!SipUri.TryParse(text, out var uri) || !uri.IsSip || uri.User is not { Length: > 0 } || uri.Host.Length == 0)
        {
            result.AddError($"--uri takes sip:USER@DOMAIN, not {text}.");
        }
    }

    // A password is never said back.
    private static void RequirePassword(OptionResult result, string text)
    {
        if (text.Length == 0)
        {
            result.AddError("--password: the password is empty.");
        }
    }

    private static void RequireServer(OptionResult result, string text)
    {
        if (!SipTransportAddress.TryParse(text, out var address) || !SipTransports.IsKnown(address.Transport) || address.Port == 0)
        {
            result.AddError($"--server takes tcp://HOST:PORT, tls://HOST:PORT or udp://HOST:PORT, not {text}.");
        }
    }

    private static void RequireAuthorities(OptionResult result, string file)
    {
        try
        {
            var authorities = LoadAuthorities(file);
            if (authorities.Count == 0)
            {
                result.AddError($"--trust: {file} holds no certificate in PEM.");
            }

            Clear(authorities);
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            result.AddError($"--trust: {file} cannot be used: {failure.Message}");
        }
    }

    private static X509Certificate2Collection LoadAuthorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities;
    }

    private static void Clear(X509Certificate2Collection authorities)
    {
        foreach (var authority in authorities)
        {
            authority.Dispose();
        }
    }
}
