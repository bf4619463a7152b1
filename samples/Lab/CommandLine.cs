using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Samples;
using UcSdk.Sip;

namespace Lab;

/// <summary>The options of the Lab. Unusable ones give one clear line on standard error and exit code 2.</summary>
internal static class CommandLine
{
    private static readonly string[] DefaultListen = ["tcp://127.0.0.1:5060"];
    private static readonly string[] DefaultUsers = ["alice", "bob", "carol"];
    private static readonly DigestAlgorithm[] Algorithms = [DigestAlgorithm.Sha256, DigestAlgorithm.Md5, DigestAlgorithm.Sha256Session, DigestAlgorithm.Md5Session];
    private static readonly string[] DefaultDigest = ["SHA-256", "MD5"];

    private static readonly Option<string[]> Listen = new("--listen")
    {
        Description = "where to listen, by tcp, tls or udp (and then by tcp on the same port too), e.g. tcp://127.0.0.1:5060 (the default); port 0 takes a free one; may be given several times",
        HelpName = "tcp|tls|udp://HOST:PORT",
        DefaultValueFactory = _ => DefaultListen,
    };

    private static readonly Option<string?> TlsCertificate = new("--tls-certificate")
    {
        Description = "the certificate for tls, with its private key: PEM, or PKCS#12 without a password (default: a new one of an authority of its own)",
        HelpName = "FILE",
    };

    private static readonly Option<string?> WriteCa = new("--write-ca") { Description = "where to put the certificate of that authority, in PEM, for clients to trust", HelpName = "FILE" };

    private static readonly Option<string> Domain = new("--domain") { Description = "the SIP domain served", DefaultValueFactory = _ => "contoso.test" };

    private static readonly Option<string[]> User = new("--user")
    {
        Description = "a user of the domain, with a password where one is to be asked for (default: alice, bob and carol without); may be given several times",
        HelpName = "NAME[:PASSWORD]",
        DefaultValueFactory = _ => DefaultUsers,
    };

    private static readonly Option<string> Auth = new("--auth")
    {
        Description = "the schemes to offer to users with a password, in that order (default: ntlm, then digest)",
        HelpName = "kerberos,ntlm,digest",
        DefaultValueFactory = _ => "ntlm,digest",
    };

    private static readonly Option<string[]> Digest = new("--digest")
    {
        Description = "a Digest algorithm to offer to users with a password (default: SHA-256, then MD5); may be given several times",
        HelpName = string.Join('|', Algorithms.Select(algorithm => algorithm.Name)),
        DefaultValueFactory = _ => DefaultDigest,
    };

    private static readonly Option<int> RegistrationExpires = new("--registration-expires")
    {
        Description = "how long a registration lives that asks for nothing or for more, in seconds",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 7200,
    };

    private static readonly Option<string?> Store = new("--store")
    {
        Description = "the SQLite file in which contact lists and the like are kept, so that a Lab that is started again still knows them (default: they are forgotten)",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Web = new("--web")
    {
        Description = "where web services listen: https at an address, or http at a loopback address (default: there are none); they search the directory and expand groups, with web tickets",
        HelpName = "https|http://ADDRESS:PORT",
    };

    private static readonly Option<string[]> Group = new("--group")
    {
        Description = "a distribution group of the directory and who is in it: users, addresses, other groups; may be given several times",
        HelpName = "NAME=MEMBER,MEMBER",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<bool> Trace = new("--trace") { Description = "print every SIP message" };

    private static readonly Option<bool> Control = new("--control") { Description = "take commands from standard input (deregister alice, disable alice, restart …), and answer each with a line of JSON" };

    public static async Task<int> RunAsync(string[] args, Func<LabOptions, CancellationToken, Task<int>> run)
    {
        Listen.Validators.Add(static result => ForEach(result, RequireListenAddress));
        User.Validators.Add(static result => ForEach(result, RequireUser));
        Auth.Validators.Add(static result => ForEach(result, RequireSchemes));
        Digest.Validators.Add(static result => ForEach(result, RequireAlgorithm));
        Domain.Validators.Add(static result => ForEach(result, RequireDomain));
        RegistrationExpires.Validators.Add(static result => ForEach(result, RequireSeconds));
        TlsCertificate.Validators.Add(static result => ForEach(result, RequireCertificate));
        Web.Validators.Add(static result => ForEach(result, RequireWebAddress));
        Group.Validators.Add(static result => ForEach(result, RequireGroup));
        WriteCa.Validators.Add(static result => ForEach(result, RequireGeneratedCertificate));
        var command = new RootCommand("The embedded Lync-compatible server by itself, for any client, until Ctrl+C.")
        {
            Listen, TlsCertificate, WriteCa, Domain, User, Auth, Digest, RegistrationExpires, Store, Web, Group, Trace, Control,
        };
        return await SampleCommand.RunAsync(
            command, "Lab", args, (parsed, seeing, cancellationToken) => run(Read(parsed) with { Seeing = seeing }, cancellationToken));
    }

    private static LabOptions Read(ParseResult parsed) => new(
        [.. parsed.GetValue(Listen)!.Select(text => SipTransportAddress.TryParse(text, out var address) ? address : throw new FormatException(text))],
        parsed.GetValue(TlsCertificate),
        parsed.GetValue(WriteCa),
        parsed.GetValue(Domain)!,
        [.. parsed.GetValue(User)!.Select(LabUser.Parse)],
        [.. Schemes(parsed.GetValue(Auth)!)],
        [.. parsed.GetValue(Digest)!.Select(FindAlgorithm).OfType<DigestAlgorithm>()],
        TimeSpan.FromSeconds(parsed.GetValue(RegistrationExpires)),
        parsed.GetValue(Trace))
    {
        Store = parsed.GetValue(Store),
        Web = parsed.GetValue(Web) is { } url ? new Uri(url) : null,
        Groups = [.. parsed.GetValue(Group)!.Select(LabGroup.Parse).OfType<LabGroup>()],
        Control = parsed.GetValue(Control),
    };

    private static void ForEach(OptionResult result, Action<OptionResult, string> require)
    {
        foreach (var token in result.Tokens)
        {
            require(result, token.Value);
        }
    }

    private static void RequireListenAddress(OptionResult result, string text)
    {
        if (!SipTransportAddress.TryParse(text, out var address) || !SipTransports.IsKnown(address.Transport) || !System.Net.IPAddress.TryParse(address.Host.Trim('[', ']'), out _))
        {
            result.AddError($"--listen takes tcp://ADDRESS:PORT, tls://ADDRESS:PORT or udp://ADDRESS:PORT, not {text}.");
        }
    }

    private static void RequireWebAddress(OptionResult result, string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || !System.Net.IPAddress.TryParse(url.DnsSafeHost, out var address)
            || (url.Scheme == Uri.UriSchemeHttp && !System.Net.IPAddress.IsLoopback(address)))
        {
            result.AddError($"--web takes https://ADDRESS:PORT, or http://127.0.0.1:PORT, not {text}.");
        }
    }

    private static void RequireGroup(OptionResult result, string text)
    {
        if (LabGroup.Parse(text) is null)
        {
            result.AddError($"--group takes NAME=MEMBER,MEMBER, not {text}.");
        }
    }

    private static void RequireCertificate(OptionResult result, string file)
    {
        if (LabCertificate.Refuse(file) is { } reason)
        {
            result.AddError($"--tls-certificate: {file} cannot be used: {reason}");
        }
    }

    private static void RequireGeneratedCertificate(OptionResult result, string file)
    {
        if (result.GetResult(TlsCertificate) is not null)
        {
            result.AddError("--write-ca goes with a certificate that the Lab makes itself, not with --tls-certificate.");
        }
    }

    // A password is never said back.
    private static void RequireUser(OptionResult result, string text)
    {
        var parts = text.Split(':', 2);
        var user = parts[0];
        if (parts is [_, ""])
        {
            result.AddError($"--user: the password of {user} is empty.");
        }
        else if (!SipUri.TryParse($"sip:{user}@contoso.test", out var uri) || uri.User != user)
        {
            result.AddError($"--user: {user} is not the user part of a SIP URI.");
        }
    }

    private static void RequireSchemes(OptionResult result, string text)
    {
        var names = text.Split(',', StringSplitOptions.TrimEntries);
        if (Array.Exists(names, name => FindScheme(name) is null) || names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < names.Length)
        {
            result.AddError($"--auth takes a list of kerberos, ntlm and digest, each once, not {text}.");
        }
    }

    private static IEnumerable<SipAuthenticationScheme> Schemes(string text) => text.Split(',', StringSplitOptions.TrimEntries).Select(FindScheme).OfType<SipAuthenticationScheme>();

    private static SipAuthenticationScheme? FindScheme(string name) =>
        Array.ConvertAll(Enum.GetValues<SipAuthenticationScheme>(), scheme => (SipAuthenticationScheme?)scheme)
            .FirstOrDefault(scheme => name.Equals(scheme.ToString(), StringComparison.OrdinalIgnoreCase));

    private static void RequireAlgorithm(OptionResult result, string name)
    {
        if (FindAlgorithm(name) is null)
        {
            result.AddError($"--digest takes {string.Join(", ", Algorithms.Select(algorithm => algorithm.Name))}, not {name}.");
        }
    }

    private static void RequireSeconds(OptionResult result, string seconds)
    {
        if (!int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value == 0)
        {
            result.AddError($"--registration-expires takes a number of seconds, 1 or more, not {seconds}.");
        }
    }

    private static DigestAlgorithm? FindAlgorithm(string name) =>
        Array.Find(Algorithms, algorithm => algorithm.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static void RequireDomain(OptionResult result, string domain)
    {
        if (!SipUri.TryParse($"sip:{domain}", out var uri) || uri.Host != domain)
        {
            result.AddError($"--domain: {domain} is not a domain name.");
        }
    }
}
