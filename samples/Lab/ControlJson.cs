using System.Text.Json.Serialization;

namespace Lab;

/// <summary>How what the Lab says becomes JSON: names in camel case, nothing for what is not there.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ControlAnswer))]
[JsonSerializable(typeof(ControlEvent))]
internal sealed partial class ControlJson : JsonSerializerContext;
