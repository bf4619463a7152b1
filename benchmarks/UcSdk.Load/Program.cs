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
        break;
    case "calls":
        await CallCosts.PrintOneAsync(Console.Out, Enum.Parse<Carrier>(Argument(1, "Udp"), ignoreCase: true), Number(2, 20_000));
        break;
    default:
        await Console.Error.WriteLineAsync("modes: table | calls [memory|udp|tcp] [count]");
        return 2;
}

return 0;
