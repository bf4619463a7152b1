using System.Globalization;
using UcSdk.Load;

// Called without arguments it prints the table of benchmarks/run.sh; each line of it, and what takes longer, has its own mode.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string Argument(int at, string other) => args.Length > at ? args[at] : other;
int Number(int at, int other) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : other;
switch (Argument(0, "table"))
{
    case "table":
        await CallCosts.PrintAsync(Console.Out);
        await Console.Out.WriteLineAsync();
        await RegistrationCosts.PrintAsync(Console.Out);
        break;
    case "calls":
        await CallCosts.PrintOneAsync(Console.Out, Enum.Parse<Carrier>(Argument(1, "Udp"), ignoreCase: true), Number(2, 20_000));
        break;
    case "ended":
        await CallCosts.PrintEndedAsync(Console.Out, Number(1, 20_000));
        break;
    case "sustained":
        await SustainedLoad.RunAsync(Console.Out, Number(1, 5000), TimeSpan.FromSeconds(Number(2, 60)));
        break;
    case "registrations":
        await RegistrationCosts.PrintAsync(Console.Out);
        break;
    case "overload":
        await OverloadRun.RunAsync(Console.Out, Number(1, 1000), TimeSpan.FromSeconds(Number(2, 60)));
        break;
    default:
        await Console.Error.WriteLineAsync("modes: table | calls [memory|udp|tcp] [count] | ended [count] | sustained [rate] [seconds] | registrations | overload [calls served at once] [seconds]");
        return 2;
}

return 0;
