package io.keyswitch.http.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The checks for the official JVM clients, by feature name. */
final class JavaClients {
    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private static final String QUESTION = "weather and time?";

    private JavaClients() {}

    static Map<String, ThrowingCallable> openAi(String url, String token) {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .apiKey(token)
                .baseUrl(url + "/v1")
                .maxRetries(0)
                .build();
        var abilities = new LinkedHashMap<String, ThrowingCallable>();
        abilities.put("plain", () -> {
            var answer = create(client, asked().addDeveloperMessage("Be kind.").addUserMessage("hi"));
            assertThat(content(answer)).isEqualTo("Hello there.");
            assertThat(answer.choices().getFirst().finishReason().asString()).isEqualTo("stop");
            assertThat(answer.usage().orElseThrow().totalTokens()).isEqualTo(15);
        });
        abilities.put("streaming", () -> {
            var whole = stream(
                    client,
                    asked().addUserMessage("hi")
                            .streamOptions(ChatCompletionStreamOptions.builder()
                                    .includeUsage(true)
                                    .build()));
            assertThat(content(whole)).isEqualTo("Hello there.");
            assertThat(whole.usage().orElseThrow().totalTokens()).isEqualTo(15);
        });
        abilities.put("tools", () -> {
            var message = create(client, withTools(asked().addUserMessage(QUESTION)))
                    .choices()
                    .getFirst()
                    .message();
            assertThat(calls(message)).containsExactly("get_weather {\"city\":\"Paris\"}", "get_time {}");
            var next = withTools(asked().addUserMessage(QUESTION).addMessage(message));
            message.toolCalls()
                    .orElseThrow()
                    .forEach(call -> next.addMessage(ChatCompletionToolMessageParam.builder()
                            .toolCallId(call.asFunction().id())
                            .content("{\"ok\":true}")
                            .build()));
            assertThat(content(create(client, next))).isEqualTo("Sunny, at noon.");
        });
        abilities.put("streamed tools", () -> {
            var whole = stream(client, withTools(asked().addUserMessage(QUESTION)));
            assertThat(calls(whole.choices().getFirst().message()))
                    .containsExactly("get_weather {\"city\":\"Paris\"}", "get_time {}");
        });
        abilities.put("image", () -> {
            var parts = List.of(
                    ChatCompletionContentPart.ofText(ChatCompletionContentPartText.builder()
                            .text("What is this?")
                            .build()),
                    ChatCompletionContentPart.ofImageUrl(ChatCompletionContentPartImage.builder()
                            .imageUrl(ChatCompletionContentPartImage.ImageUrl.builder()
                                    .url("data:image/png;base64," + PIXEL)
                                    .build())
                            .build()));
            assertThat(content(create(client, asked().addUserMessageOfArrayOfContentParts(parts))))
                    .isEqualTo("A single pixel.");
        });
        abilities.put("structured output", () -> {
            var schema = ResponseFormatJsonSchema.JsonSchema.Schema.builder()
                    .putAdditionalProperty("type", JsonValue.from("object"))
                    .putAdditionalProperty("properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                    .putAdditionalProperty("required", JsonValue.from(List.of("city")))
                    .putAdditionalProperty("additionalProperties", JsonValue.from(false))
                    .build();
            var format = ResponseFormatJsonSchema.builder()
                    .jsonSchema(ResponseFormatJsonSchema.JsonSchema.builder()
                            .name("place")
                            .strict(true)
                            .schema(schema)
                            .build())
                    .build();
            assertThat(content(create(client, asked().addUserMessage("where?").responseFormat(format))))
                    .isEqualTo("{\"city\":\"Paris\"}");
        });
        abilities.put(
                "error",
                () -> assertThatThrownBy(() -> create(client, asked().addUserMessage("fail")))
                        .isInstanceOfSatisfying(
                                com.openai.errors.RateLimitException.class,
                                e -> assertThat(e.headers().values("retry-after"))
                                        .containsExactly("7")));
        return abilities;
    }

    private static ChatCompletionCreateParams.Builder asked() {
        return ChatCompletionCreateParams.builder().model("default");
    }

    private static ChatCompletion create(OpenAIClient client, ChatCompletionCreateParams.Builder request) {
        return client.chat().completions().create(request.build());
    }

    private static ChatCompletion stream(OpenAIClient client, ChatCompletionCreateParams.Builder request) {
        var whole = ChatCompletionAccumulator.create();
        try (var stream = client.chat().completions().createStreaming(request.build())) {
            stream.stream().forEach(whole::accumulate);
        }
        return whole.chatCompletion();
    }

    private static String content(ChatCompletion completion) {
        return completion.choices().getFirst().message().content().orElse("");
    }

    private static List<String> calls(com.openai.models.chat.completions.ChatCompletionMessage message) {
        return message.toolCalls().orElseThrow().stream()
                .map(call -> call.asFunction().function())
                .map(function -> function.name() + " " + function.arguments())
                .toList();
    }

    private static ChatCompletionCreateParams.Builder withTools(ChatCompletionCreateParams.Builder request) {
        var city = FunctionParameters.builder()
                .putAdditionalProperty("type", JsonValue.from("object"))
                .putAdditionalProperty("properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                .build();
        return request.addTool(tool("get_weather").parameters(city).build())
                .addTool(tool("get_time").build());
    }

    private static ToolBuilder tool(String name) {
        return new ToolBuilder(FunctionDefinition.builder().name(name).description("Tells it"));
    }

    private record ToolBuilder(FunctionDefinition.Builder function) {
        ToolBuilder parameters(FunctionParameters parameters) {
            var _ = function.parameters(parameters);
            return this;
        }

        ChatCompletionFunctionTool build() {
            return ChatCompletionFunctionTool.builder()
                    .function(function.build())
                    .build();
        }
    }

    static Map<String, ThrowingCallable> langChain4j(String url, String token) {
        var model = OpenAiChatModel.builder()
                .baseUrl(url + "/v1")
                .apiKey(token)
                .modelName("default")
                .maxRetries(0)
                .build();
        var streaming = OpenAiStreamingChatModel.builder()
                .baseUrl(url + "/v1")
                .apiKey(token)
                .modelName("default")
                .build();
        var place = JsonObjectSchema.builder()
                .addStringProperty("city")
                .required("city")
                .build();
        var tools = List.of(
                ToolSpecification.builder()
                        .name("get_weather")
                        .description("The weather")
                        .parameters(place)
                        .build(),
                ToolSpecification.builder()
                        .name("get_time")
                        .description("The time")
                        .build());
        var abilities = new LinkedHashMap<String, ThrowingCallable>();
        abilities.put("plain", () -> {
            var answer = model.chat(SystemMessage.from("Be kind."), UserMessage.from("hi"));
            assertThat(answer.aiMessage().text()).isEqualTo("Hello there.");
            assertThat(answer.tokenUsage().totalTokenCount()).isEqualTo(15);
        });
        abilities.put("streaming", () -> {
            var answer = stream(
                    streaming,
                    ChatRequest.builder().messages(UserMessage.from("hi")).build());
            assertThat(answer.aiMessage().text()).isEqualTo("Hello there.");
        });
        abilities.put("tools", () -> {
            var messages = new ArrayList<ChatMessage>(List.of(UserMessage.from(QUESTION)));
            var first = model.chat(ChatRequest.builder()
                            .messages(messages)
                            .toolSpecifications(tools)
                            .build())
                    .aiMessage();
            assertThat(first.toolExecutionRequests().stream().map(JavaClients::call))
                    .containsExactly("get_weather {\"city\":\"Paris\"}", "get_time {}");
            messages.add(first);
            first.toolExecutionRequests()
                    .forEach(call -> messages.add(ToolExecutionResultMessage.from(call, "{\"ok\":true}")));
            var second = model.chat(ChatRequest.builder()
                    .messages(messages)
                    .toolSpecifications(tools)
                    .build());
            assertThat(second.aiMessage().text()).isEqualTo("Sunny, at noon.");
        });
        abilities.put("streamed tools", () -> {
            var answer = stream(
                    streaming,
                    ChatRequest.builder()
                            .messages(UserMessage.from(QUESTION))
                            .toolSpecifications(tools)
                            .build());
            assertThat(answer.aiMessage().toolExecutionRequests().stream().map(JavaClients::call))
                    .containsExactly("get_weather {\"city\":\"Paris\"}", "get_time {}");
        });
        abilities.put(
                "image",
                () -> assertThat(model.chat(UserMessage.from(
                                        TextContent.from("What is this?"), ImageContent.from(PIXEL, "image/png")))
                                .aiMessage()
                                .text())
                        .isEqualTo("A single pixel."));
        abilities.put("structured output", () -> {
            var format = ResponseFormat.builder()
                    .type(ResponseFormatType.JSON)
                    .jsonSchema(JsonSchema.builder()
                            .name("place")
                            .rootElement(place)
                            .build())
                    .build();
            var answer = model.chat(ChatRequest.builder()
                    .messages(UserMessage.from("where?"))
                    .responseFormat(format)
                    .build());
            assertThat(answer.aiMessage().text()).isEqualTo("{\"city\":\"Paris\"}");
        });
        abilities.put(
                "error",
                () -> assertThatThrownBy(() -> model.chat("fail"))
                        .isInstanceOf(dev.langchain4j.exception.RateLimitException.class));
        return abilities;
    }

    private static String call(ToolExecutionRequest call) {
        return call.name() + " " + call.arguments();
    }

    private static ChatResponse stream(OpenAiStreamingChatModel model, ChatRequest request) throws Exception {
        var whole = new CompletableFuture<ChatResponse>();
        model.chat(request, new StreamingChatResponseHandler() {
            @Override
            public void onCompleteResponse(ChatResponse response) {
                whole.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                whole.completeExceptionally(error);
            }
        });
        return whole.get(20, TimeUnit.SECONDS);
    }
}
